import { isMap, listOf, numberOf, plain, Unknown, type Value } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { fail, pass, undecided } from '../control.ts'
import { atLeast, atMost, isGiven, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, authentication, backup, hygiene, inTransit, monitoring, privateNetwork } from './safeguards.ts'

const api = { RestApiId: 'a1b2c3d4e5' }
const logging = {
  LogDestinationConfigs: ['arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-api'],
  ResourceArn: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/api/1234abcd-12ab-34cd-56ef-1234567890ab',
}
const filter = (Behavior: string) => ({
  DefaultBehavior: 'DROP',
  Filters: [{ Behavior, Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }],
})

/** Whether a filter of a web firewall's log keeps requests that were blocked. */
const keepsBlocked = (value: Value): boolean | undefined => {
  if (!isMap(value)) return undefined
  const about = listOf(value.Filters).filter((one) => JSON.stringify(one).includes('"BLOCK"'))
  const [first] = about
  return isMap(first) ? first.Behavior === 'KEEP' : value.DefaultBehavior === 'KEEP'
}

/** Whether a log leaves out the header that carries credentials. */
const redactsAuthorization = (value: Value): boolean | undefined =>
  listOf(value).some((one) => {
    const header = isMap(one) ? one.SingleHeader : undefined
    return isMap(header) && String(header.Name).toLowerCase() === 'authorization'
  })

const method = { ...api, ResourceId: 'f6g7h8', HttpMethod: 'POST', AuthorizationType: 'AWS_IAM' }
const withModel = { ...method, RequestModels: { 'application/json': 'Call' } }

const locked = (Days: number) => ({
  ObjectLockEnabled: true,
  ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days } } },
})

const rows = propertyControls([
  {
    ...audit,
    severity: 'medium',
    id: 'waf-logging-leaves-out-credentials',
    title: 'Logs of web firewalls leave out the header with credentials',
    why: 'The Authorization header holds tokens that open a session: whoever reads the log can take over everybody in it.',
    remedy: 'Add { SingleHeader: { Name: authorization } } to RedactedFields.',
    type: 'AWS::WAFv2::LoggingConfiguration',
    path: 'RedactedFields',
    expect: redactsAuthorization,
    absent: 'fails',
    passing: { ...logging, RedactedFields: [{ SingleHeader: { Name: 'authorization' } }] },
    failing: logging,
  },
  {
    ...audit,
    severity: 'medium',
    id: 'waf-logging-keeps-blocked',
    title: 'Logs of web firewalls keep requests that were blocked',
    why: 'Blocked requests are the attempts: without them nobody sees that an attack goes on, or from where.',
    remedy: 'Set Behavior to KEEP for a filter on the action BLOCK, or leave LoggingFilter out.',
    type: 'AWS::WAFv2::LoggingConfiguration',
    path: 'LoggingFilter',
    expect: keepsBlocked,
    absent: 'passes',
    passing: { ...logging, LoggingFilter: filter('KEEP') },
    failing: { ...logging, LoggingFilter: filter('DROP') },
  },
  {
    ...authentication,
    severity: 'low',
    id: 'apigateway-authorizer-answers-briefly-kept',
    title: 'Answers of authorizers are kept for five minutes at most',
    why: 'Whoever was shut out, or whose token was revoked, goes on calling until the kept answer ends.',
    remedy: 'Set AuthorizerResultTtlInSeconds to 300 or less, or to 0.',
    type: 'AWS::ApiGateway::Authorizer',
    path: 'AuthorizerResultTtlInSeconds',
    expect: atMost(300),
    absent: 'passes',
    passing: { ...api, Name: 'people', Type: 'COGNITO_USER_POOLS', AuthorizerResultTtlInSeconds: 0 },
    failing: { ...api, Name: 'people', Type: 'COGNITO_USER_POOLS', AuthorizerResultTtlInSeconds: 3600 },
  },
  ...(['ValidateRequestBody', 'ValidateRequestParameters'] as const).map((path) => ({
    ...hygiene,
    id: path === 'ValidateRequestBody' ? 'apigateway-validator-checks-body' : 'apigateway-validator-checks-parameters',
    title: `Request validators of REST APIs check the ${path === 'ValidateRequestBody' ? 'body' : 'parameters'}`,
    why: 'A validator that leaves a part unchecked lets through what the methods, which name it, were meant to be protected from.',
    remedy: `Set ${path} to true.`,
    type: 'AWS::ApiGateway::RequestValidator',
    path,
    expect: isOn,
    absent: 'fails' as const,
    passing: { ...api, ValidateRequestBody: true, ValidateRequestParameters: true },
    failing: { ...api, ValidateRequestBody: true, ValidateRequestParameters: true, [path]: false },
  })),
  {
    ...hygiene,
    id: 'apigateway-method-checks-requests',
    title: 'Methods that say what a request looks like have it checked',
    why: 'Models and required parameters only describe: without a validator every other request reaches the code too.',
    remedy: 'Name an AWS::ApiGateway::RequestValidator in RequestValidatorId.',
    type: 'AWS::ApiGateway::Method',
    path: 'RequestValidatorId',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'RequestModels', expect: isGiven },
    passing: { ...withModel, RequestValidatorId: 'i9j0k1' },
    failing: withModel,
  },
  {
    ...hygiene,
    id: 'apigateway-method-checks-parameters',
    title: 'Methods that name parameters have them checked',
    why: 'A parameter that is marked as required is only a note: without a validator a request without it reaches the code.',
    remedy: 'Name an AWS::ApiGateway::RequestValidator in RequestValidatorId.',
    type: 'AWS::ApiGateway::Method',
    path: 'RequestValidatorId',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'RequestParameters', expect: isGiven },
    passing: { ...method, RequestParameters: { 'method.request.path.call': true }, RequestValidatorId: 'i9j0k1' },
    failing: { ...method, RequestParameters: { 'method.request.path.call': true } },
  },
  {
    ...privateNetwork,
    severity: 'low',
    id: 'apigateway-rest-api-strict-endpoint',
    title: 'REST APIs that choose how they are reached are reached by their own name only',
    why: 'In basic mode a request with the name of one API in its TLS handshake may be meant for another, and slips past rules that look at the name.',
    remedy: 'Set EndpointAccessMode to STRICT.',
    type: 'AWS::ApiGateway::RestApi',
    path: 'EndpointAccessMode',
    expect: isOneOf('STRICT'),
    absent: 'does not apply',
    passing: { Name: 'records', EndpointAccessMode: 'STRICT' },
    failing: { Name: 'records', EndpointAccessMode: 'BASIC' },
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'apigateway-rest-api-tls',
    title: 'REST APIs that choose their TLS versions leave out 1.0 and 1.1',
    why: 'Old versions fall to known attacks on the connection, and a client that can be talked into one speaks in the open.',
    remedy: 'Set SecurityPolicy to TLS_1_2 or to a policy whose name begins with SecurityPolicy_TLS12 or SecurityPolicy_TLS13.',
    type: 'AWS::ApiGateway::RestApi',
    path: 'SecurityPolicy',
    expect: matches(/^(TLS_1_2|SecurityPolicy_TLS1[23]_)/),
    absent: 'does not apply',
    passing: { Name: 'records', SecurityPolicy: 'TLS_1_2' },
    failing: { Name: 'records', SecurityPolicy: 'TLS_1_0' },
  },
  {
    ...hygiene,
    id: 'smsvoice-protect-configuration-deletion-protection',
    title: 'Settings against fraud by text message cannot be deleted by one call',
    why: 'Who wants to send messages to costly numbers at your expense takes off first what stops them.',
    remedy: 'Set DeletionProtectionEnabled to true.',
    type: 'AWS::SMSVOICE::ProtectConfiguration',
    path: 'DeletionProtectionEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { DeletionProtectionEnabled: true },
    failing: {},
  },
  {
    ...backup,
    severity: 'low',
    id: 's3-bucket-object-lock-month',
    title: 'S3 buckets with Object Lock hold objects for a month at least',
    why: 'A breach is found after weeks: what was locked for a day has long been deletable by whoever came in.',
    remedy: 'Set ObjectLockConfiguration.Rule.DefaultRetention.Days to 30 or more, or Years.',
    type: 'AWS::S3::Bucket',
    path: 'ObjectLockConfiguration.Rule.DefaultRetention.Days',
    expect: atLeast(30),
    absent: 'does not apply',
    sensitiveOnly: true,
    passing: locked(2192),
    failing: locked(1),
  },
  {
    ...backup,
    id: 'backup-vault-lock-minimum-written',
    title: 'Locked backup vaults say how long copies stay at least',
    why: 'Without a least number of days a plan may write copies that end tomorrow into a vault that looks locked.',
    remedy: 'Set LockConfiguration.MinRetentionDays.',
    type: 'AWS::Backup::BackupVault',
    path: 'LockConfiguration.MinRetentionDays',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'LockConfiguration', expect: isGiven },
    passing: { BackupVaultName: 'vault', LockConfiguration: { MinRetentionDays: 35 } },
    failing: { BackupVaultName: 'vault', LockConfiguration: { MaxRetentionDays: 365 } },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'events-rule-enabled',
    title: 'Rules of Amazon EventBridge are switched on',
    why: 'A rule that carries alerts and is off is silent, as if nothing had happened; a rule nobody needs is better deleted.',
    remedy: 'Set State to ENABLED, or leave it out.',
    type: 'AWS::Events::Rule',
    path: 'State',
    expect: (value) => (typeof value === 'string' ? value.startsWith('ENABLED') : undefined),
    absent: 'passes',
    passing: { ScheduleExpression: 'rate(1 day)', State: 'ENABLED' },
    failing: { ScheduleExpression: 'rate(1 day)', State: 'DISABLED' },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'events-rule-targets',
    title: 'Rules of Amazon EventBridge tell somebody',
    why: 'A rule without a target matches events and drops them: an alert that was built reaches nobody.',
    remedy: 'Name a queue, topic or function in Targets.',
    type: 'AWS::Events::Rule',
    path: 'Targets',
    expect: isGiven,
    absent: 'fails',
    passing: {
      ScheduleExpression: 'rate(1 day)',
      Targets: [{ Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:111122223333:checks' }],
    },
    failing: { ScheduleExpression: 'rate(1 day)' },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'scheduler-schedule-enabled',
    title: 'Schedules of Amazon EventBridge Scheduler are switched on',
    why: 'Checks and clean-ups that run by a schedule stop without a trace when it is off.',
    remedy: 'Set State to ENABLED, or leave it out.',
    type: 'AWS::Scheduler::Schedule',
    path: 'State',
    expect: isOneOf('ENABLED'),
    absent: 'passes',
    passing: schedule('ENABLED'),
    failing: schedule('DISABLED'),
  },
  {
    ...privateNetwork,
    severity: 'low',
    id: 'route53resolver-firewall-association-protected',
    title: 'The DNS firewall of a VPC cannot be taken off by one call',
    why: 'Who wants to carry data out by DNS takes the firewall off first; with protection that is two calls, of which the first rings.',
    remedy: 'Set MutationProtection to ENABLED.',
    type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    path: 'MutationProtection',
    expect: isOneOf('ENABLED'),
    absent: 'fails',
    passing: { FirewallRuleGroupId: 'rslvr-frg-1', Priority: 101, VpcId: 'vpc-1a2b3c4d', MutationProtection: 'ENABLED' },
    failing: { FirewallRuleGroupId: 'rslvr-frg-1', Priority: 101, VpcId: 'vpc-1a2b3c4d' },
  },
])

function schedule(State: string) {
  return {
    FlexibleTimeWindow: { Mode: 'OFF' },
    ScheduleExpression: 'rate(1 day)',
    State,
    Target: { Arn: 'arn:aws:sqs:us-east-1:111122223333:checks', RoleArn: 'arn:aws:iam::111122223333:role/scheduler' },
  }
}

const acl = (rule: object) => ({
  DefaultAction: { Allow: {} },
  Scope: 'REGIONAL',
  VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'api', SampledRequestsEnabled: true },
  Rules: [
    {
      Name: 'one',
      Priority: 0,
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'one', SampledRequestsEnabled: true },
      ...rule,
    },
  ],
})
const rate = (Limit: number, Action: object) => acl({ Action, Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit } } })
const example = (properties: object) => ({ Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { ...properties } } })

/** Requests in five minutes from one address that are no longer those of people ("Rate-based rule statement", AWS WAF Developer Guide). */
const mostRequests = 100_000

const ratesBlock: ResourceControl = {
  ...privateNetwork,
  severity: 'low',
  id: 'waf-rule-rate-blocks',
  title: 'Rules of web firewalls that count requests block who sends too many',
  why: 'A limit that only counts, allows, or is never reached leaves guesses of passwords as fast as a machine can make them.',
  remedy: 'Set Action to Block, Captcha or Challenge, and Limit to what honest callers send in five minutes.',
  types: ['AWS::WAFv2::WebACL'],
  judge: (resource) =>
    listOf(resource.get('Rules')).flatMap((rule, index) => {
      const statement = isMap(rule) && isMap(rule.Statement) ? rule.Statement.RateBasedStatement : undefined
      if (!isMap(rule) || !isMap(statement)) return []
      const acts = isMap(rule.Action) && ['Block', 'Captcha', 'Challenge'].some((name) => Object.hasOwn(rule.Action as object, name))
      const limit = numberOf(statement.Limit)
      return [acts && (limit === undefined || limit <= mostRequests) ? pass(`Rules.${index}`, limit) : fail(`Rules.${index}`, limit)]
    }),
  passing: example(rate(2000, { Block: {} })),
  failing: example(rate(2000, { Count: {} })),
}

const addresses = {
  IPSetReferenceStatement: { Arn: 'arn:aws:wafv2:us-east-1:111122223333:regional/ipset/closed/1234abcd-12ab-34cd-56ef-1234567890ab' },
}

const rulesAct: ResourceControl = {
  ...privateNetwork,
  severity: 'low',
  id: 'waf-rule-acts',
  title: 'Rules of web firewalls act, and do not only count',
  why: 'A rule on trial looks like protection in every list of rules, and lets everything through.',
  remedy: 'Set Action to Block once the rule has been tried.',
  types: ['AWS::WAFv2::WebACL'],
  judge: (resource) =>
    listOf(resource.get('Rules')).flatMap((rule, index) => {
      if (!isMap(rule) || !isMap(rule.Action)) return []
      return [Object.hasOwn(rule.Action, 'Count') ? fail(`Rules.${index}.Action`, rule.Action) : pass(`Rules.${index}.Action`, rule.Action)]
    }),
  passing: example(acl({ Action: { Block: {} }, Statement: addresses })),
  failing: example(acl({ Action: { Count: {} }, Statement: addresses })),
}

const managed = (Name: string) =>
  acl({ OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } } })

/** A control that a web firewall uses a rule group that AWS maintains ("AWS Managed Rules rule groups list", AWS WAF Developer Guide). */
const usesGroup = (id: string, group: string, what: string, why: string): ResourceControl => ({
  ...privateNetwork,
  severity: 'low',
  id: `waf-web-acl-${id}`,
  title: `Web firewalls stop ${what}`,
  why,
  remedy: `Add the managed rule group ${group} to Rules.`,
  types: ['AWS::WAFv2::WebACL'],
  judge: (resource) => {
    const rules = resource.get('Rules')
    if (rules instanceof Unknown) return undecided('Rules', rules.reason)
    return JSON.stringify(plain(rules) ?? []).includes(`"${group}"`) ? pass('Rules', group) : fail('Rules', undefined)
  },
  passing: example(managed(group)),
  failing: example(managed('AWSManagedRulesLinuxRuleSet')),
})

const groups = [
  usesGroup(
    'ip-reputation',
    'AWSManagedRulesAmazonIpReputationList',
    'addresses that are known for attacks',
    'Most scans and guesses come from machines that attacked others the day before, and AWS keeps their list.',
  ),
  usesGroup(
    'common-rules',
    'AWSManagedRulesCommonRuleSet',
    'the usual attacks on web applications',
    'Cross-site scripting, path traversal and calls of metadata services are tried on every address that answers.',
  ),
]

/** Controls over settings of the front door and of what watches, beyond whether they are there. */
export const hardeningSettingsControls: readonly ResourceControl[] = [...rows, ratesBlock, rulesAct, ...groups]
