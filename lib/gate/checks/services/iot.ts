import { type Statement, statementsOf } from '../../access/statement.ts'
import type { Resource } from '../../template/resource.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { type Expectation, isGiven, isNoneOf, isOff, isOn, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { isNotScheme } from './holds-none.ts'
import { authentication, availability, inTransit, monitoring, notPublic } from './safeguards.ts'

const policyType = 'AWS::IoT::Policy'
const policyExample = (Action: string, Resource: string) => ({
  Policy: {
    Type: policyType,
    Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] } },
  },
})
const own = 'arn:aws:iot:us-east-1:111122223333:client/${iot:Connection.Thing.ThingName}'
const role = 'arn:aws:iam::111122223333:role/iot'
const rule = (more: Readonly<Record<string, unknown>>) => ({
  TopicRulePayload: {
    Sql: "SELECT * FROM 'devices/+/results'",
    Actions: [{ Lambda: { FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:records' } }],
    ...more,
  },
})
const toUrl = (Url: string) => rule({ Actions: [{ Http: { Url } }] })
const authorizer = { AuthorizerFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:authorizer', Status: 'ACTIVE' }
const domain = (SecurityPolicy: string) => ({ DomainConfigurationName: 'devices', TlsConfig: { SecurityPolicy } })
const check = (Enabled: boolean) => ({
  AccountId: '111122223333',
  RoleArn: role,
  AuditCheckConfigurations: { IotPolicyOverlyPermissiveCheck: { Enabled }, LoggingDisabledCheck: { Enabled } },
})

/** A control that no statement of a device policy allows too much. */
const policyControl = (
  text: Omit<ControlText, 'topic' | 'severity' | 'citations'>,
  element: 'actions' | 'resources',
  isTooBroad: (statement: Statement) => boolean,
  good: readonly [action: string, resource: string],
  bad: readonly [action: string, resource: string],
): ResourceControl => ({
  ...notPublic,
  topic: 'iam-privilege',
  severity: 'high',
  ...text,
  types: [policyType],
  judge: (resource) => judgePolicy(resource, element, isTooBroad),
  passing: policyExample(...good),
  failing: policyExample(...bad),
})

function judgePolicy(resource: Resource, element: 'actions' | 'resources', isTooBroad: (statement: Statement) => boolean): Outcome {
  const { statements, unknown } = statementsOf(resource.get('PolicyDocument'))
  const broad = statements.find((statement) => statement.effect === 'Allow' && isTooBroad(statement))
  if (broad !== undefined) {
    const { kind, words } = broad[element] ?? { kind: 'only', words: [] }
    const message = `It allows ${kind === 'all-but' ? `all ${element} but` : `the ${element}`} ${words.join(', ')}.`
    return fail(`PolicyDocument.Statement.${broad.index}`, [...words], message)
  }
  return unknown[0] === undefined ? pass('PolicyDocument', undefined) : undecided('PolicyDocument', unknown[0])
}

const isEverything = (word: string): boolean => word === '*' || word.toLowerCase() === 'iot:*'
const isAnything = (word: string): boolean => /^(\*|arn:[^:]*:iot:[^:]*:[^:]*:(\*|(client|topic|topicfilter|thing)\/\*))$/.test(word)

const tables: readonly ResourceControl[] = [
  policyControl(
    {
      id: 'iot-policy-no-all-actions',
      title: 'Policies of devices name the actions that they allow',
      why: 'With iot:* one device that was taken apart speaks, listens and changes settings for all of them.',
      remedy: 'List actions such as iot:Connect and iot:Publish in the PolicyDocument.',
    },
    'actions',
    ({ actions }) => (actions.kind === 'all-but' ? true : actions.words.some(isEverything)),
    ['iot:Connect', own],
    ['iot:*', own],
  ),
  policyControl(
    {
      id: 'iot-policy-no-all-resources',
      title: 'Policies of devices name the clients and topics that they allow',
      why: 'With * as the resource each device may call itself by the name of another, and read the results of all patients.',
      remedy: 'Narrow Resource by a policy variable such as ${iot:Connection.Thing.ThingName}.',
    },
    'resources',
    ({ resources }) => resources?.kind === 'all-but' || (resources?.words.some(isAnything) ?? false),
    ['iot:Connect', own],
    ['iot:Publish', '*'],
  ),
]

// Names of policies tell the lowest version of TLS ("Security policies", AWS IoT Core Developer Guide).
const isModernTls: Expectation = matches(/^IotSecurityPolicy_TLS1[23]_1_[23]_/)

const settings = propertyControls([
  {
    ...monitoring,
    id: 'iot-logging',
    title: 'AWS IoT writes logs',
    why: 'Without logs nobody sees devices that are refused, or that connect with the certificate of another.',
    remedy: 'Set DefaultLogLevel to ERROR, WARN or INFO.',
    type: 'AWS::IoT::Logging',
    path: 'DefaultLogLevel',
    expect: isNoneOf('DISABLED'),
    absent: 'fails',
    passing: { AccountId: '111122223333', RoleArn: role, DefaultLogLevel: 'WARN' },
    failing: { AccountId: '111122223333', RoleArn: role, DefaultLogLevel: 'DISABLED' },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'iot-audit-checks',
    title: 'Audits of AWS IoT look for policies that allow too much',
    why: 'Policies of devices grow; the audit is what finds the one that lets a device act for all.',
    remedy: 'Set AuditCheckConfigurations.IotPolicyOverlyPermissiveCheck.Enabled to true.',
    type: 'AWS::IoT::AccountAuditConfiguration',
    path: 'AuditCheckConfigurations.IotPolicyOverlyPermissiveCheck.Enabled',
    expect: isOn,
    absent: 'fails',
    passing: check(true),
    failing: check(false),
  },
  {
    ...inTransit,
    id: 'iot-domain-tls',
    title: 'Endpoints for devices take TLS 1.2 or newer',
    why: 'TLS 1.0 and 1.1 have known weaknesses by which somebody on the path may read or change what passes.',
    remedy: 'Set TlsConfig.SecurityPolicy to IotSecurityPolicy_TLS13_1_2_2022_10 or IotSecurityPolicy_TLS13_1_3_2022_10.',
    type: 'AWS::IoT::DomainConfiguration',
    path: 'TlsConfig.SecurityPolicy',
    expect: isModernTls,
    // New endpoints take TLS 1.2 and 1.3 where nothing is said.
    absent: 'passes',
    passing: domain('IotSecurityPolicy_TLS13_1_2_2022_10'),
    failing: domain('IotSecurityPolicy_TLS12_1_0_2016_01'),
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'iot-authorizer-signed-tokens',
    title: 'Custom authorizers of AWS IoT take signed tokens only',
    why: 'Without the check of a signature anybody on the internet makes the authorizer run, as often as they like.',
    remedy: 'Set SigningDisabled to false, with TokenKeyName and TokenSigningPublicKeys.',
    type: 'AWS::IoT::Authorizer',
    path: 'SigningDisabled',
    expect: isOff,
    absent: 'passes',
    passing: { ...authorizer, SigningDisabled: false, TokenKeyName: 'token', TokenSigningPublicKeys: { first: 'public key' } },
    failing: { ...authorizer, SigningDisabled: true },
  },
  {
    ...availability,
    severity: 'low',
    id: 'iot-topic-rule-error-action',
    title: 'Rules of AWS IoT keep messages whose action failed',
    why: 'A message whose action fails is lost without an error action, and with it a reading of a device.',
    remedy: 'Set TopicRulePayload.ErrorAction.',
    type: 'AWS::IoT::TopicRule',
    path: 'TopicRulePayload.ErrorAction',
    expect: isGiven,
    absent: 'fails',
    passing: rule({ ErrorAction: { Sqs: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/failed', RoleArn: role } } }),
    failing: rule({}),
  },
  {
    ...inTransit,
    id: 'iot-topic-rule-http-encrypted',
    title: 'Rules of AWS IoT call HTTP endpoints over TLS',
    why: 'An endpoint at an http address gets the readings of devices in clear.',
    remedy: 'Write an address that begins with https:// in Http.Url.',
    type: 'AWS::IoT::TopicRule',
    path: 'TopicRulePayload.Actions.*.Http.Url',
    expect: isNotScheme('http://'),
    absent: 'does not apply',
    passing: toUrl('https://partner.example.com/readings'),
    failing: toUrl('http://partner.example.com/readings'),
  },
])

/** Controls on AWS IoT. */
export const iotControls: readonly ResourceControl[] = [...tables, ...settings]
