import type { Condition } from '../../access/condition.ts'
import { confinementsOf } from '../../access/confining.ts'
import { partyOf } from '../../access/party.ts'
import type { Principals } from '../../access/principals.ts'
import type { Statement } from '../../access/statement.ts'
import { isStrict, takesWildcards } from '../../access/strict.ts'
import type { Resource } from '../../template/resource.ts'
import { isTrue } from '../../template/value.ts'
import type { ExampleResources, ResourceControl } from '../control.ts'
import { judgeStatements, policyTypes } from './hardening-policy-places.ts'
import { privilege } from './iam-safeguards.ts'
import { notPublic } from './safeguards.ts'

const ofAccount = (what: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:${what}` })
const statement = (more: object) => ({
  Effect: 'Allow',
  Principal: { AWS: ofAccount('role/app') },
  Action: 'sqs:SendMessage',
  Resource: '*',
  ...more,
})
const queuePolicy = (more: object): ExampleResources => ({
  Policy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: ['https://queue'], PolicyDocument: { Version: '2012-10-17', Statement: [statement(more)] } },
  },
})
const where = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } })

/** Conditions by which a whole organization is named: there is no principal that means one. */
const namesOrganization = (condition: Condition, beside: readonly Condition[]): boolean =>
  /^aws:principalorg(id|paths)$/.test(condition.key) && isStrict(condition, beside)

/**
 * Keys by which callers are named that no principal means, by the start of the types where they do: whoever calls from an account through a service that
 * stores data ("kms:CallerAccount", AWS KMS Developer Guide), mounts through a mount target without IAM ("Blocking public access to EFS file systems",
 * Amazon EFS User Guide), or reads a website unsigned through an endpoint ("The meaning of public", Amazon S3 User Guide).
 */
const namingKeys: ReadonlyMap<string, string> = new Map([
  ['kms:calleraccount', 'AWS::KMS::'],
  ['elasticfilesystem:accessedviamounttarget', 'AWS::EFS::'],
  ['aws:sourcevpce', 'AWS::S3::'],
])

const namesCallers = (statement: Statement, { type, ownAccounts }: Resource): boolean =>
  confinementsOf(statement, ownAccounts).some(({ key, certain }) => certain && type.startsWith(namingKeys.get(key) ?? '-'))

/** Whether a domain asks each caller for a user of its own: policies that name principals then shut those users out ("Fine-grained access control", OpenSearch). */
const knowsItsUsers = (resource: Resource): boolean =>
  /::Domain$/.test(resource.type) &&
  isTrue(resource.get('AdvancedSecurityOptions.Enabled')) &&
  !isTrue(resource.get('AdvancedSecurityOptions.AnonymousAuthEnabled'))

const namesPrincipals: ResourceControl = {
  ...notPublic,
  severity: 'medium',
  id: 'resource-policy-names-principals',
  title: 'Policies of resources name whom they let in, and leave that to no condition',
  why: 'A statement for everybody grants directly to each principal that meets its condition, without any policy of their own; when the condition is lost or mistyped, it grants to the world.',
  remedy: 'Name the account, role or service as Principal, and keep the condition beside it.',
  types: policyTypes('resource', 'trust'),
  judge: judgeStatements(['resource', 'trust'], (one, _policy, resource) =>
    one.effect === 'Allow' &&
    one.principals?.any === true &&
    !one.principals.negated &&
    !one.conditions.some((condition) => namesOrganization(condition, one.conditions)) &&
    !namesCallers(one, resource) &&
    !knowsItsUsers(resource)
      ? 'Everybody is let in whom no condition and no denial keeps out.'
      : undefined,
  ),
  passing: queuePolicy({
    Principal: { Service: 's3.amazonaws.com' },
    ...where('StringEquals', 'aws:SourceAccount', { Ref: 'AWS::AccountId' }),
  }),
  failing: queuePolicy({ Principal: '*', ...where('StringEquals', 'aws:SourceAccount', { Ref: 'AWS::AccountId' }) }),
}

const everywhere = ['identity', 'resource', 'trust', 'endpoint'] as const

/** Whether a condition with wildcards holds for any value. */
const takesAnything = (condition: Condition): boolean =>
  takesWildcards(condition) &&
  /^(string|arn)(like|equals)$/i.test(condition.operator) &&
  condition.values.some((value) => /^\*+$/.test(value))

const conditionsNarrow: ResourceControl = {
  ...privilege,
  severity: 'medium',
  id: 'policy-condition-narrows',
  title: 'Conditions of policies compare with something',
  why: 'A condition that any value meets looks like a limit in a review, and is none.',
  remedy: 'Write the values that are meant, or test that the key is there by Null of false.',
  types: policyTypes(...everywhere),
  judge: judgeStatements(everywhere, ({ effect, conditions }) => {
    const open = effect === 'Allow' ? conditions.find(takesAnything) : undefined
    return open === undefined ? undefined : `Any ${open.key} meets its condition.`
  }),
  passing: queuePolicy(where('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/app-*')),
  failing: queuePolicy(where('ArnLike', 'aws:PrincipalArn', '*')),
}

/** Keys that say who asks, from where, through what, or for which data. */
const telling =
  /^(aws:(principal(arn|account|orgid|orgpaths|type|servicename)|source(arn|account|orgid|vpc|vpce|ip)|userid|username|resource(account|orgid)|calledvia.*)|kms:(viaservice|calleraccount|encryptioncontext.*|requestalias|resourcealiases)|dynamodb:leadingkeys|iam:passedtoservice|sts:(externalid|rolesessionname)|.+:(sub|aud))$/

const allowsWhatIs: ResourceControl = {
  ...privilege,
  severity: 'high',
  id: 'policy-allow-not-negated',
  title: 'Statements allow whom or what they name, not everybody or everything else',
  why: 'A grant to all but a few grows with every caller, key and service that appears later, and also holds for requests without the key.',
  remedy: 'Compare with StringEquals, StringLike, ArnEquals or ArnLike; put what is refused into a statement that denies.',
  types: policyTypes(...everywhere),
  judge: judgeStatements(everywhere, ({ effect, conditions }) => {
    const open =
      effect === 'Allow' ? conditions.find(({ operator, key }) => /^(string|arn)not/i.test(operator) && telling.test(key)) : undefined
    return open === undefined ? undefined : `Whatever has another ${open.key}, or none, is allowed.`
  }),
  passing: queuePolicy(where('ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/app')),
  failing: queuePolicy(where('ArnNotEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/app')),
}

const ends = ({ operator, key }: Condition): boolean =>
  /^(date|numeric)lessthan/i.test(operator) && /^aws:(currenttime|epochtime)$/.test(key)

const denialsLast: ResourceControl = {
  ...privilege,
  severity: 'high',
  id: 'policy-denial-without-end',
  title: 'Denials do not end by themselves',
  why: 'When its time is over the statement still stands in the policy and denies nothing.',
  remedy: 'Take the condition on aws:CurrentTime out of the statement that denies.',
  types: policyTypes(...everywhere, 'boundary', 'organization'),
  judge: judgeStatements([...everywhere, 'boundary', 'organization'], ({ effect, conditions }) =>
    effect === 'Deny' && conditions.some(ends) ? 'It denies until a point in time only.' : undefined,
  ),
  passing: queuePolicy({ Effect: 'Deny', Principal: '*', ...where('Bool', 'aws:SecureTransport', 'false') }),
  failing: queuePolicy({ Effect: 'Deny', Principal: '*', ...where('DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z') }),
}

/** Whether only principals of other accounts are meant. */
function onlyStrangers(
  { any, negated, aws, services, federated, canonical, references, unknown }: Principals,
  resource: Resource,
): boolean {
  if (any || negated || unknown || services.length + federated.length + canonical.length + references.length > 0) return false
  return aws.length > 0 && aws.every((one) => partyOf(one, resource.ownAccounts) === 'foreign')
}

const denialsMeanSomebody: ResourceControl = {
  ...privilege,
  severity: 'medium',
  id: 'resource-policy-denies-callers',
  title: 'Denials of a resource policy mean callers that are let in',
  why: 'Principals of other accounts are refused unless a statement lets them in; a denial for them alone guards against nobody who could call.',
  remedy: 'Write Principal "*" in statements that deny, and name exceptions in a condition on aws:PrincipalArn.',
  types: policyTypes('resource', 'trust'),
  judge: judgeStatements(['resource', 'trust'], ({ effect, principals }, { statements }, resource) => {
    if (effect !== 'Deny' || principals === undefined || !onlyStrangers(principals, resource)) return undefined
    const letIn = statements.some((other) => other.effect === 'Allow' && other.principals?.aws.some((one) => principals.aws.includes(one)))
    return letIn ? undefined : 'It denies only to accounts that nothing lets in.'
  }),
  passing: queuePolicy({ Effect: 'Deny', Principal: '*', ...where('Bool', 'aws:SecureTransport', 'false') }),
  failing: queuePolicy({ Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::999988887777:root' } }),
}

/** Controls over statements, wherever a policy stands. */
export const hardeningStatementControls: readonly ResourceControl[] = [
  namesPrincipals,
  conditionsNarrow,
  allowsWhatIs,
  denialsLast,
  denialsMeanSomebody,
]
