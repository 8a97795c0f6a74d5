import { fieldsOf } from '../../access/arn.ts'
import type { Condition } from '../../access/condition.ts'
import { partyOf } from '../../access/party.ts'
import { hasWildcard } from '../../access/pattern.ts'
import type { Statement } from '../../access/statement.ts'
import { isStrict } from '../../access/strict.ts'
import type { Resource } from '../../template/resource.ts'
import type { ExampleResources, ResourceControl } from '../control.ts'
import { nameable } from './hardening-identity.ts'
import { judgeStatements } from './hardening-policy-places.ts'
import { privateNetwork } from './safeguards.ts'

const account = { Ref: 'AWS::AccountId' }
const both = { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account }
const endpoint = (statement: object): ExampleResources => ({
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: 'vpc-1a2b3c4d',
      ServiceName: 'com.amazonaws.us-east-1.s3',
      RouteTableIds: ['rtb-1a2b3c4d'],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::patients/*', ...statement }],
      },
    },
  },
})
const where = (keys: object) => ({ Condition: { StringEquals: keys } })

// Requests that carry a token of another provider are not signed, so no account of a caller is known ("Data perimeter", IAM User Guide).
const unsigned = /^sts:(AssumeRoleWith(WebIdentity|SAML)|TagSession)$/i
const isUnsigned = ({ actions }: Statement): boolean => actions.words.length > 0 && actions.words.every((word) => unsigned.test(word))

const callers = /^aws:principal(account|arn|orgid|orgpaths|isawsservice)$/
const owners = /^aws:resource(account|orgid|orgpaths)$/

const namedBy = ({ conditions }: Statement, keys: RegExp): boolean =>
  conditions.some((one) => keys.test(one.key) && isStrict(one, conditions))

/** Whether the statement names principals, all of them the account's own. */
const namesOwn = ({ principals }: Statement, resource: Resource): boolean =>
  principals !== undefined &&
  !principals.any &&
  !principals.negated &&
  principals.aws.every((one) => partyOf(one, resource.ownAccounts) !== 'foreign')

const ownersOrMissing = (condition: Condition): boolean => owners.test(condition.key) && /^string(equals|like)/i.test(condition.operator)

const namesAll = ({ resources }: Statement, isNamed: (word: string) => boolean): boolean =>
  resources?.kind === 'listed' && resources.words.every(isNamed)

const namesAccount = (word: string): boolean => (fieldsOf(word)[4] ?? '') !== '' && fieldsOf(word)[4] !== '*'

/** Whether a word names one bucket, of which there is one among all accounts, or starts with the ARN of what the template makes. */
function namesBucket(word: string): boolean {
  const [, , service, , , name = ''] = fieldsOf(word)
  const bucket = name.split('/')[0] ?? ''
  return /^⟨[^⟨⟩:]+\.[^⟨⟩]+⟩/.test(word) || (service === 's3' && bucket !== '' && !hasWildcard(bucket))
}

/** Whether no bucket is reached but those that are named, so that nobody carries data to one of their own. */
const namesBuckets = (statement: Statement): boolean => statement.resources?.unknown === false && namesAll(statement, namesBucket)

const text = { ...privateNetwork, types: ['AWS::EC2::VPCEndpoint'] } as const

const callersNamed: ResourceControl = {
  ...text,
  id: 'vpc-endpoint-policy-names-callers',
  title: 'Policies of VPC endpoints let through callers of named accounts only',
  why: 'With keys of their own account, whoever runs code in the network carries data out through the endpoint to a store of theirs, past every policy of yours.',
  remedy: 'Add a condition on aws:PrincipalAccount or aws:PrincipalOrgID to each statement that allows.',
  judge: judgeStatements(['endpoint'], (statement, _policy, resource) =>
    statement.effect === 'Allow' &&
    !isUnsigned(statement) &&
    !namesOwn(statement, resource) &&
    !namesBuckets(statement) &&
    !namedBy(statement, callers)
      ? 'Callers of any account are let through.'
      : undefined,
  ),
  passing: endpoint(where(both)),
  failing: endpoint({ Resource: '*', ...where({ 'aws:ResourceAccount': account }) }),
}

const ownersNamed: ResourceControl = {
  ...text,
  id: 'vpc-endpoint-policy-names-owners',
  title: 'Policies of VPC endpoints let through requests to resources of named accounts only',
  why: 'Your own roles can write to a stranger\u2019s bucket, queue or table when that lets them in: the endpoint is the last place that can tell whose it is.',
  remedy:
    'Add a condition on aws:ResourceAccount or aws:ResourceOrgID, or write ARNs that hold the account, in each statement that allows.',
  judge: judgeStatements(['endpoint'], (statement) =>
    statement.effect === 'Allow' &&
    !namesAll(statement, (word) => namesAccount(word) || namesBucket(word)) &&
    !statement.conditions.some(ownersOrMissing)
      ? 'Resources of any account are reached.'
      : undefined,
  ),
  passing: endpoint(where(both)),
  failing: endpoint({ Resource: '*', ...where({ 'aws:PrincipalAccount': account }) }),
}

const actionsNamed: ResourceControl = {
  ...text,
  severity: 'low',
  id: 'vpc-endpoint-policy-names-actions',
  title: 'Policies of VPC endpoints name the actions that pass',
  why: 'An endpoint for a few calls of one application that passes all of them serves an intruder as well as the application.',
  remedy: 'List the actions that callers inside the network need.',
  judge: judgeStatements(['endpoint'], ({ effect, actions }) =>
    effect === 'Allow' && (actions.kind === 'all-but' || actions.words.some((word) => /^\*(:\*)?$/.test(word)))
      ? 'Every action passes.'
      : undefined,
  ),
  passing: endpoint(where(both)),
  failing: endpoint({ Action: '*', ...where(both) }),
}

const resourcesNamed: ResourceControl = {
  ...text,
  severity: 'low',
  id: 'vpc-endpoint-policy-names-resources',
  title: 'Policies of VPC endpoints name the stores, keys and queues that are reached',
  why: 'Code in the network then reaches every store of the account that its role lets it, and roles are widened more easily than networks.',
  remedy: 'Write the ARNs into Resource; keep actions that take none in a statement of their own.',
  judge: judgeStatements(['endpoint'], (statement) => {
    const { effect, resources, actions } = statement
    // All actions at once have a control of their own.
    const listed = effect === 'Allow' && actions.kind === 'listed' && !actions.words.some((word) => /^([\w-]+:)?\*$/.test(word))
    if (!listed || resources?.kind !== 'listed' || !resources.words.includes('*')) return undefined
    const [first] = nameable(statement)
    return first === undefined ? undefined : `${first} takes a resource, and passes for all of them.`
  }),
  passing: endpoint(where(both)),
  failing: endpoint({ Resource: '*', ...where(both) }),
}

/** Controls over what passes VPC endpoints, by whom and to whom. */
export const hardeningEndpointControls: readonly ResourceControl[] = [callersNamed, ownersNamed, actionsNamed, resourcesNamed]
