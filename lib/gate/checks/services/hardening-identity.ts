import { actionsCovered, levelOfEntry, partsOf, supportsResourceLevel } from '../../access/actions.ts'
import type { Statement } from '../../access/statement.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import type { Template } from '../../template/template.ts'
import { type ExampleResources, fail, type Outcome, pass, type ResourceControl } from '../control.ts'
import { judgeStatements, policyTypes } from './hardening-policy-places.ts'
import { privilege } from './iam-safeguards.ts'

const example = (Action: unknown, Resource: unknown): ExampleResources => ({
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] } },
  },
})
const table = 'arn:aws:dynamodb:us-east-1:111122223333:table/visits'

const isEverything = ({ resources }: Statement): boolean => resources?.kind === 'listed' && resources.words.includes('*')

/** Everything on everything, whatever the request: other controls speak of that. */
const isAdministrator = (statement: Statement): boolean => isEverything(statement) && statement.conditions.length === 0

const namesActions: ResourceControl = {
  ...privilege,
  severity: 'medium',
  id: 'iam-policy-names-actions',
  title: 'Statements of identity policies name their actions, whatever their resources',
  why: 'All actions on one resource include those that delete it, share it and change who may reach it, and those that AWS will add.',
  remedy: 'List the actions that the identity needs in place of "*".',
  types: policyTypes('identity'),
  judge: judgeStatements(['identity'], (statement) =>
    statement.effect === 'Allow' && statement.actions.words.some((word) => /^\*(:\*)?$/.test(word)) && !isAdministrator(statement)
      ? 'Every action is allowed on what it names.'
      : undefined,
  ),
  passing: example(['dynamodb:GetItem', 'dynamodb:PutItem'], table),
  failing: example('*', table),
}

/** Services whose resources hold data, act on it, or open it. Others mostly describe themselves, and their own documentation grants them on everything. */
const bearing = new Set(
  'athena backup cognito-idp dynamodb ecr elasticfilesystem es events execute-api firehose glue iam kinesis kms lambda logs rds rds-data redshift-data s3 secretsmanager sms-voice sns sqs ssm states sts'.split(
    ' ',
  ),
)

/** Names of actions that read what is kept, and not how it is set up. */
const ofContents = /Item|Object|Scan|Record|Secret|Parameter|Message|Query|Select|Decrypt|Events|Download|Execute|Assume/

/** Actions of a statement that read what a resource holds or change it, could be granted on named resources, and do not make the resource. */
export const nameable = (statement: Statement): readonly string[] =>
  [...actionsCovered(statement)].flatMap(({ action, entry }) => {
    const { service, name } = partsOf(action)
    const level = levelOfEntry(entry)
    const telling = level === 'Read' ? ofContents.test(name) : level === 'Write' || level === 'Permissions management'
    return bearing.has(service) && telling && !/^Create(?!Grant)/.test(name) && supportsResourceLevel(action) ? [action] : []
  })

/** Keys that say which resources are meant. */
const ofResources = /resource(tag|account|org|aliases)|requestalias|aws:tagkeys/

const namesResources: ResourceControl = {
  ...privilege,
  severity: 'medium',
  id: 'iam-policy-names-resources',
  title: 'Statements of identity policies name the stores, keys, queues and functions they act on',
  why: 'An identity that needs one table, queue or key and may use all of them hands all of them over with itself.',
  remedy: 'Write the ARNs into Resource; where an action takes none, keep it in a statement of its own.',
  types: policyTypes('identity'),
  judge: judgeStatements(['identity'], (statement) => {
    const { effect, actions, conditions } = statement
    // Wildcards of whole services have controls of their own.
    if (effect !== 'Allow' || actions.kind !== 'listed' || !isEverything(statement)) return undefined
    if (actions.words.some((word) => /^[\w-]*\*?(:\*)?$/.test(word)) || conditions.some(({ key }) => ofResources.test(key)))
      return undefined
    const [first] = nameable(statement)
    return first === undefined ? undefined : `${first} takes a resource, and is allowed on all of them.`
  }),
  passing: example('dynamodb:GetItem', table),
  failing: example('dynamodb:GetItem', '*'),
}

const role = (more: object) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    ...more,
  },
})
const bounded = { PermissionsBoundary: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/boundary' } }

interface Boundaries {
  /** Roles and users of a template. */
  readonly all: number
  /** Those of them that have no boundary. */
  readonly without: number
}

const known = new WeakMap<Deployment, WeakMap<Template, Boundaries>>()

/** Counts the roles and users of a resource's template, once a template. */
function boundariesAround({ template }: Resource, deployment: Deployment): Boundaries {
  const ofTemplates = known.get(deployment) ?? new WeakMap<Template, Boundaries>()
  known.set(deployment, ofTemplates)
  return deployment.cases.kept(ofTemplates, template, () => {
    const all = deployment.ofType('AWS::IAM::Role', 'AWS::IAM::User').filter((other) => other.template === template)
    return { all: all.length, without: all.filter((other) => other.get('PermissionsBoundary') === undefined).length }
  })
}

/** A template whose other roles and users are bounded bounds this one too. */
function judgeBoundary(resource: Resource, deployment: Deployment): Outcome {
  const place = 'PermissionsBoundary'
  const boundary = resource.get(place)
  if (boundary !== undefined) return pass(place, boundary)
  const { all, without } = boundariesAround(resource, deployment)
  // This one has none: it is one of either number.
  const [others, unbounded] = [all - 1, without - 1]
  return others > unbounded && unbounded * 2 < others
    ? fail(place, undefined, 'Most identities of the template have a permissions boundary, and this one has none.')
    : pass(place, undefined)
}

const boundedAlike: ResourceControl = {
  ...privilege,
  severity: 'medium',
  id: 'iam-identity-bounded-as-others',
  title: 'Where a template bounds what its identities may be granted, it bounds all of them',
  why: 'A boundary holds for whoever can pick among the roles only when none of them goes without: the one left out is the way around it.',
  remedy: 'Set PermissionsBoundary as on the other roles and users of the template.',
  types: ['AWS::IAM::Role', 'AWS::IAM::User'],
  judge: judgeBoundary,
  passing: { One: role(bounded), Other: role(bounded) },
  failing: { One: role(bounded), Other: role(bounded), Left: role({}) },
}

const boundary = (statement: object): ExampleResources => ({
  Boundary: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] } },
  },
  Bounded: role({ PermissionsBoundary: { Ref: 'Boundary' } }),
})

const boundaryLists: ResourceControl = {
  ...privilege,
  severity: 'low',
  id: 'iam-boundary-lists-actions',
  title: 'Permissions boundaries list what they let through',
  why: 'A boundary that lets everything through but what somebody thought of denying bounds nothing that AWS adds, or that nobody thought of.',
  remedy: 'List the services or actions that the bounded identities may ever need.',
  types: ['AWS::IAM::ManagedPolicy'],
  judge: judgeStatements(['boundary'], ({ effect, actions }) =>
    effect === 'Allow' && (actions.kind === 'all-but' || actions.words.some((word) => /^\*(:\*)?$/.test(word)))
      ? 'It lets every action through.'
      : undefined,
  ),
  passing: boundary({ Action: ['dynamodb:*', 's3:*'] }),
  failing: boundary({ Action: '*' }),
}

/** Controls over policies of identities beyond what makes an administrator. */
export const hardeningIdentityControls: readonly ResourceControl[] = [namesActions, namesResources, boundedAlike, boundaryLists]
