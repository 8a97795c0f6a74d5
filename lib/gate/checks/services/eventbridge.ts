import { fail, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isNoneOf, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { isNotScheme } from './holds-none.ts'
import { audit, availability, customerKey, exampleKey, hygiene, inTransit, monitoring } from './safeguards.ts'

const queue = 'arn:aws:sqs:us-east-1:111122223333:undelivered'
const target = { Id: 'records', Arn: 'arn:aws:lambda:us-east-1:111122223333:function:records' }
const rule = (more: Readonly<Record<string, unknown>>) => ({ ScheduleExpression: 'rate(1 day)', Targets: [{ ...target, ...more }] })
const archive = { SourceArn: 'arn:aws:events:us-east-1:111122223333:event-bus/clinic', ArchiveName: 'clinic' }
const schedule = {
  FlexibleTimeWindow: { Mode: 'OFF' },
  ScheduleExpression: 'rate(1 day)',
  Target: { Arn: target.Arn, RoleArn: 'arn:aws:iam::111122223333:role/scheduler' },
}
const pipe = { RoleArn: 'arn:aws:iam::111122223333:role/pipe', Source: 'arn:aws:sqs:us-east-1:111122223333:results', Target: target.Arn }
const connection = {
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue: '{{resolve:secretsmanager:partner:SecretString:key}}' } },
}
const destination = (InvocationEndpoint: string) => ({
  ConnectionArn: 'arn:aws:events:us-east-1:111122223333:connection/partner/1234abcd-12ab-34cd-56ef-1234567890ab',
  HttpMethod: 'POST',
  InvocationEndpoint,
})

const keyReason =
  'With the key of AWS nobody can limit who may read what is kept here; a key of your own asks for a second permission and leaves a trail of each use.'

const settings = propertyControls([
  {
    ...customerKey,
    id: 'events-bus-customer-key',
    title: "Event buses are encrypted with a customer's key",
    why: keyReason,
    remedy: 'Set KmsKeyIdentifier to a KMS key of your own.',
    type: 'AWS::Events::EventBus',
    path: 'KmsKeyIdentifier',
    passing: { Name: 'clinic', KmsKeyIdentifier: exampleKey },
    failing: { Name: 'clinic' },
  },
  {
    ...availability,
    severity: 'low',
    id: 'events-bus-dead-letter-queue',
    title: 'Event buses with a key of their own keep events that they cannot read',
    why: 'When the key is disabled or its policy changes, the bus drops events that it cannot encrypt or decrypt.',
    remedy: 'Set DeadLetterConfig.Arn.',
    type: 'AWS::Events::EventBus',
    path: 'DeadLetterConfig.Arn',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'KmsKeyIdentifier', expect: isGiven },
    passing: { Name: 'clinic', KmsKeyIdentifier: exampleKey, DeadLetterConfig: { Arn: queue } },
    failing: { Name: 'clinic', KmsKeyIdentifier: exampleKey },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'events-bus-logging',
    title: 'Event buses log what becomes of events',
    why: 'Without a log nobody can tell which rule took an event, or why a delivery failed.',
    remedy: 'Set LogConfig.Level to ERROR, INFO or TRACE.',
    type: 'AWS::Events::EventBus',
    path: 'LogConfig.Level',
    expect: isOneOf('ERROR', 'INFO', 'TRACE'),
    absent: 'fails',
    passing: { Name: 'clinic', LogConfig: { Level: 'ERROR' } },
    failing: { Name: 'clinic' },
  },
  {
    ...availability,
    severity: 'low',
    id: 'events-rule-dead-letter-queue',
    title: 'Rules of EventBridge keep events that no target took',
    why: 'After its tries EventBridge drops an event, and nothing tells of it.',
    remedy: 'Set DeadLetterConfig.Arn of each of Targets.',
    type: 'AWS::Events::Rule',
    path: 'Targets.*.DeadLetterConfig.Arn',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'Targets', expect: isGiven },
    passing: rule({ DeadLetterConfig: { Arn: queue } }),
    failing: rule({}),
  },
  {
    ...customerKey,
    id: 'events-archive-customer-key',
    title: "Archives of EventBridge are encrypted with a customer's key",
    why: keyReason,
    remedy: 'Set KmsKeyIdentifier to a KMS key of your own.',
    type: 'AWS::Events::Archive',
    path: 'KmsKeyIdentifier',
    passing: { ...archive, KmsKeyIdentifier: exampleKey },
    failing: archive,
  },
  {
    ...inTransit,
    id: 'events-api-destination-encrypted',
    title: 'EventBridge calls API destinations over TLS',
    why: 'A destination at an http address gets events, and the credentials of the connection, in clear.',
    remedy: 'Write an address that begins with https:// in InvocationEndpoint.',
    type: 'AWS::Events::ApiDestination',
    path: 'InvocationEndpoint',
    expect: isNotScheme('http://'),
    absent: 'does not apply',
    passing: destination('https://partner.example.com/events'),
    failing: destination('http://partner.example.com/events'),
  },
  {
    ...inTransit,
    id: 'events-connection-token-endpoint-encrypted',
    title: 'EventBridge asks for tokens over TLS',
    why: 'An authorization endpoint at an http address gets the secret of the client in clear.',
    remedy: 'Write an address that begins with https:// in AuthParameters.OAuthParameters.AuthorizationEndpoint.',
    type: 'AWS::Events::Connection',
    path: 'AuthParameters.OAuthParameters.AuthorizationEndpoint',
    expect: isNotScheme('http://'),
    absent: 'does not apply',
    passing: oauth('https://partner.example.com/token'),
    failing: oauth('http://partner.example.com/token'),
  },
  {
    ...customerKey,
    severity: 'low',
    id: 'events-connection-customer-key',
    title: "Credentials of EventBridge connections are encrypted with a customer's key",
    why: keyReason,
    remedy: 'Set KmsKeyIdentifier to a KMS key of your own.',
    type: 'AWS::Events::Connection',
    path: 'KmsKeyIdentifier',
    passing: { ...connection, KmsKeyIdentifier: exampleKey },
    failing: connection,
  },
  {
    ...customerKey,
    severity: 'low',
    id: 'scheduler-schedule-customer-key',
    title: "Schedules are encrypted with a customer's key",
    why: 'The input of a schedule is kept for as long as the schedule; with a key of your own its readers are those you name.',
    remedy: 'Set KmsKeyArn to a KMS key of your own.',
    type: 'AWS::Scheduler::Schedule',
    path: 'KmsKeyArn',
    passing: { ...schedule, KmsKeyArn: exampleKey },
    failing: schedule,
  },
  {
    ...availability,
    severity: 'low',
    id: 'scheduler-schedule-dead-letter-queue',
    title: 'Schedules keep calls that no target took',
    why: 'After its tries the scheduler drops a call, and a nightly backup that never ran is not missed.',
    remedy: 'Set Target.DeadLetterConfig.Arn.',
    type: 'AWS::Scheduler::Schedule',
    path: 'Target.DeadLetterConfig.Arn',
    expect: isGiven,
    absent: 'fails',
    passing: { ...schedule, Target: { ...schedule.Target, DeadLetterConfig: { Arn: queue } } },
    failing: schedule,
  },
  {
    ...customerKey,
    severity: 'low',
    id: 'pipes-pipe-customer-key',
    title: "Pipes are encrypted with a customer's key",
    why: 'Filters and templates of a pipe repeat field names and values of the records; with a key of your own their readers are those you name.',
    remedy: 'Set KmsKeyIdentifier to a KMS key of your own.',
    type: 'AWS::Pipes::Pipe',
    path: 'KmsKeyIdentifier',
    passing: { ...pipe, KmsKeyIdentifier: exampleKey },
    failing: pipe,
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'pipes-pipe-logging',
    title: 'Pipes write logs',
    why: 'Without logs nobody can tell which records a pipe dropped.',
    remedy: 'Set LogConfiguration.Level to ERROR or more, with a destination.',
    type: 'AWS::Pipes::Pipe',
    path: 'LogConfiguration.Level',
    expect: isNoneOf('OFF'),
    absent: 'fails',
    passing: {
      ...pipe,
      LogConfiguration: {
        Level: 'ERROR',
        CloudwatchLogsLogDestination: { LogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:pipes' },
      },
    },
    failing: pipe,
  },
  {
    ...audit,
    severity: 'medium',
    citations: ['164.312(a)(1)', '164.502(b)'],
    id: 'pipes-pipe-no-contents-in-log',
    title: 'Pipes keep the contents of records out of the log',
    why: 'With execution data the log repeats each record: patient data then lies where developers and operators read it.',
    remedy: 'Leave out LogConfiguration.IncludeExecutionData.',
    type: 'AWS::Pipes::Pipe',
    path: 'LogConfiguration.IncludeExecutionData.*',
    expect: isNoneOf('ALL'),
    absent: 'passes',
    passing: pipe,
    failing: {
      ...pipe,
      LogConfiguration: {
        Level: 'INFO',
        IncludeExecutionData: ['ALL'],
        CloudwatchLogsLogDestination: { LogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:pipes' },
      },
    },
  },
])

function oauth(AuthorizationEndpoint: string) {
  const ClientParameters = { ClientID: 'clinic', ClientSecret: '{{resolve:secretsmanager:partner:SecretString:secret}}' }
  return {
    AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
    AuthParameters: { OAuthParameters: { AuthorizationEndpoint, HttpMethod: 'POST', ClientParameters } },
  }
}

const bus = { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'clinic' } } }

const busPolicy: ResourceControl = {
  ...hygiene,
  topic: 'iam-privilege',
  citations: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)'],
  id: 'events-bus-policy',
  title: 'Event buses have a policy of their own',
  why: 'Without a policy every identity of the account with a broad permission sends events, and rules act on them as if they were true.',
  remedy: 'Set Policy, or make an AWS::Events::EventBusPolicy for the bus.',
  types: ['AWS::Events::EventBus'],
  judge: (resource, deployment) => {
    if (resource.get('Policy') !== undefined) return pass('Policy', resource.get('Policy'))
    const { certain, possible } = deployment.referring(resource, 'AWS::Events::EventBusPolicy', 'EventBusName')
    if (certain[0] !== undefined) return pass('Policy', certain[0].logicalId)
    return possible[0] === undefined ? fail('Policy', undefined) : undecided('Policy', `${possible[0].logicalId} may be its policy`)
  },
  passing: {
    ...bus,
    Policy: {
      Type: 'AWS::Events::EventBusPolicy',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        StatementId: 'own',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'events:PutEvents',
          Resource: { 'Fn::GetAtt': ['Bus', 'Arn'] },
        },
      },
    },
  },
  failing: bus,
}

/** Controls on event buses, rules, archives, connections, schedules and pipes. */
export const eventBridgeControls: readonly ResourceControl[] = [...settings, busPolicy]
