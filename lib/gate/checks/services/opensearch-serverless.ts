import type { Resource } from '../../template/resource.ts'
import { isList, isMap, isTrue, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isNoneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { atRest, authentication, availability, exampleKey, notPublic } from './safeguards.ts'

const security = 'AWS::OpenSearchServerless::SecurityPolicy'
const access = 'AWS::OpenSearchServerless::AccessPolicy'

/** A policy is JSON in a text, often with holes for names; holes inside its texts do no harm. */
function policyOf(resource: Resource): Value | undefined {
  const value = resource.get('Policy')
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as Value
  } catch {
    return new Unknown('it is a text that holds no JSON before deployment')
  }
}

const rulesOf = (policy: Value | undefined): readonly Value[] => (isList(policy) ? policy : policy === undefined ? [] : [policy])

function judgePolicy(resource: Resource, isUnsafe: (rule: Value) => boolean): Outcome {
  const policy = policyOf(resource)
  if (policy instanceof Unknown) return undecided('Policy', policy.reason)
  const unsafe = rulesOf(policy).find(isUnsafe)
  return unsafe === undefined ? pass('Policy', policy) : fail('Policy', unsafe)
}

const network = (open: boolean) =>
  JSON.stringify([
    {
      Rules: [{ ResourceType: 'collection', Resource: ['collection/clinic'] }],
      AllowFromPublic: open,
      ...(!open && { SourceVPCEs: ['vpce-0123456789abcdef0'] }),
    },
  ])
const encryption = (key: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ Rules: [{ ResourceType: 'collection', Resource: ['collection/clinic'] }], ...key })
const data = (principal: string, permission: string) =>
  JSON.stringify([{ Rules: [{ ResourceType: 'index', Resource: ['index/clinic/*'], Permission: [permission] }], Principal: [principal] }])
const policy = (Type: string, Policy: string) => ({ Policy: { Type: security, Properties: { Name: 'clinic', Type, Policy } } })
const grant = (principal: string, permission: string) => ({
  Policy: { Type: access, Properties: { Name: 'clinic', Type: 'data', Policy: data(principal, permission) } },
})

const field = (rule: Value, name: string): Value | undefined => (isMap(rule) ? rule[name] : undefined)
const textsOf = (value: Value | undefined): readonly string[] => (isList(value) ? value.filter((part) => typeof part === 'string') : [])

/** Controls on OpenSearch Serverless. */
export const opensearchServerlessControls: readonly ResourceControl[] = [
  {
    ...notPublic,
    severity: 'high',
    id: 'opensearch-serverless-network-public',
    title: 'Network policies of OpenSearch Serverless admit VPC endpoints only',
    why: 'Collections and dashboards answer on the internet; a stolen key then works from anywhere.',
    remedy: 'Set AllowFromPublic to false and name SourceVPCEs in the Policy.',
    types: [security],
    judge: (resource) =>
      resource.get('Type') === 'network' ? judgePolicy(resource, (rule) => isTrue(field(rule, 'AllowFromPublic'))) : undefined,
    passing: policy('network', network(false)),
    failing: policy('network', network(true)),
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'opensearch-serverless-customer-key',
    title: "Encryption policies of OpenSearch Serverless name a customer's key",
    why: 'With a key that AWS owns nobody sees it used, or can lock the collection by disabling it.',
    remedy: 'Set AWSOwnedKey to false and KmsARN to a KMS key of your own in the Policy.',
    types: [security],
    judge: (resource) =>
      resource.get('Type') === 'encryption' ? judgePolicy(resource, (rule) => isTrue(field(rule, 'AWSOwnedKey'))) : undefined,
    passing: policy('encryption', encryption({ AWSOwnedKey: false, KmsARN: exampleKey })),
    failing: policy('encryption', encryption({ AWSOwnedKey: true })),
  },
  {
    ...authentication,
    topic: 'iam-privilege',
    severity: 'critical',
    id: 'opensearch-serverless-access-principals',
    title: 'Data access policies of OpenSearch Serverless name their principals',
    why: 'A policy for every principal lets each identity that passes the network policy read the indices.',
    remedy: 'Name roles or users in Principal, and no wildcard.',
    types: [access],
    judge: (resource) => judgePolicy(resource, (rule) => textsOf(field(rule, 'Principal')).some((name) => /^\*$|:\*$|\/\*$/.test(name))),
    passing: grant('arn:aws:iam::111122223333:role/search', 'aoss:ReadDocument'),
    failing: grant('*', 'aoss:ReadDocument'),
  },
  {
    ...authentication,
    topic: 'iam-privilege',
    severity: 'medium',
    id: 'opensearch-serverless-access-permissions',
    title: 'Data access policies of OpenSearch Serverless grant single permissions',
    why: 'With aoss:* whoever may search may also delete every index.',
    remedy: 'List in Permission what is needed, such as aoss:ReadDocument.',
    types: [access],
    judge: (resource) =>
      judgePolicy(resource, (rule) => {
        const rules = field(rule, 'Rules')
        return isList(rules) && rules.some((part) => textsOf(field(part, 'Permission')).some((name) => name === '*' || name === 'aoss:*'))
      }),
    passing: grant('arn:aws:iam::111122223333:role/search', 'aoss:ReadDocument'),
    failing: grant('arn:aws:iam::111122223333:role/search', 'aoss:*'),
  },
  ...propertyControls([
    {
      ...availability,
      severity: 'low',
      id: 'opensearch-serverless-standby-replicas',
      title: 'OpenSearch Serverless collections have standby replicas',
      why: 'Without them the failure of one zone takes the collection down.',
      remedy: 'Set StandbyReplicas to ENABLED, or leave it out.',
      type: 'AWS::OpenSearchServerless::Collection',
      path: 'StandbyReplicas',
      expect: isNoneOf('DISABLED'),
      absent: 'passes',
      passing: { Name: 'clinic' },
      failing: { Name: 'clinic', StandbyReplicas: 'DISABLED' },
    },
  ]),
]
