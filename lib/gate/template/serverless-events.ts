import { apiEvent, httpApiEvent } from './serverless-api-events.ts'
import { deadLetterQueue, deadLettersOf } from './serverless-dead-letters.ts'
import { alsoMakes, arnOf, given, recordOf, refOf, type ServerlessTemplate, taken, type Written } from './serverless-derived.ts'
import { destinationsOf } from './serverless-destinations.ts'
import { permissionOf, type ServerlessEvent } from './serverless-event.ts'
import { allows, roleOf } from './serverless-role.ts'
import type { WrittenResource } from './template.ts'

/** Events of a serverless resource. */
export const eventsOf = ({ Events }: Written): readonly ServerlessEvent[] =>
  Object.entries(recordOf(Events)).map(([name, event]) => ({
    name,
    type: String(recordOf(event).Type),
    properties: recordOf(recordOf(event).Properties),
  }))

/** Resources that the events of a function make: what calls it, and the permission to ("EventSource", AWS SAM Developer Guide). */
export const eventResources = (resource: WrittenResource, properties: Written, template: ServerlessTemplate): WrittenResource[] =>
  eventsOf(properties)
    .flatMap((event) => madeBy(resource, event, template))
    .map((made) => ({ ...made, writtenAs: Object.fromEntries(Object.keys(made.properties).map((name) => [name, 'Events'])) }))

function madeBy(resource: WrittenResource, event: ServerlessEvent, template: ServerlessTemplate): WrittenResource[] {
  const id = `${resource.logicalId}${event.name}`
  const { properties } = event
  const permission = (principal: string, source: Written) => permissionOf(resource, `${id}Permission`, principal, source)
  if (Object.hasOwn(streamSources, event.type)) return [mappingOf(resource, id, properties)]
  switch (event.type) {
    case 'Api':
      return apiEvent(resource, event, template)
    case 'HttpApi':
      return httpApiEvent(resource, event, template)
    case 'Schedule':
    case 'EventBridgeRule':
    case 'CloudWatchEvent':
      return [
        ruleOf(resource, id, properties),
        ...deadLetterQueue(resource, id, properties),
        permission('events.amazonaws.com', { SourceArn: arnOf(id) }),
      ]
    case 'ScheduleV2':
      return [...scheduleOf(resource, id, properties), ...deadLetterQueue(resource, id, properties)]
    case 'S3':
      return [permission('s3.amazonaws.com', { SourceAccount: { Ref: 'AWS::AccountId' } })]
    case 'SNS':
      return [subscriptionOf(resource, id, properties), permission('sns.amazonaws.com', { SourceArn: properties.Topic })]
    case 'IoTRule':
      return [topicRuleOf(resource, id, properties), permission('iot.amazonaws.com', { SourceAccount: { Ref: 'AWS::AccountId' } })]
    case 'CloudWatchLogs':
      return [permission('logs.amazonaws.com', { SourceArn: logGroupArn(properties.LogGroupName) })]
    case 'Cognito':
      return [permission('cognito-idp.amazonaws.com', { SourceArn: poolArn(properties.UserPool) })]
    case 'AlexaSkill':
      return [permission('alexa-appkit.amazon.com', { EventSourceToken: properties.SkillId })]
    default:
      return []
  }
}

// Sources that Lambda reads itself, with the managed policy that reading takes, where there is one.
const streamSources: Readonly<Record<string, string | undefined>> = {
  SQS: 'AWSLambdaSQSQueueExecutionRole',
  Kinesis: 'AWSLambdaKinesisExecutionRole',
  DynamoDB: 'AWSLambdaDynamoDBExecutionRole',
  MSK: 'AWSLambdaMSKExecutionRole',
  MQ: undefined,
  SelfManagedKafka: undefined,
  DocumentDB: undefined,
}

/** Managed policies that a function's role gets for the sources that it reads. */
export const executionPolicies = (properties: Written): readonly string[] => [
  ...new Set(eventsOf(properties).flatMap(({ type }) => (Object.hasOwn(streamSources, type) ? (streamSources[type] ?? []) : []))),
]

function mappingOf(resource: WrittenResource, id: string, properties: Written): WrittenResource {
  const { Queue, Stream, Broker, Cluster, KafkaBootstrapServers, DestinationConfig, ...same } = properties
  const servers = KafkaBootstrapServers === undefined ? undefined : { Endpoints: { KafkaBootstrapServers } }
  return alsoMakes(resource, id, 'AWS::Lambda::EventSourceMapping', {
    ...same,
    FunctionName: { Ref: resource.logicalId },
    EventSourceArn: Queue ?? Stream ?? Broker ?? Cluster,
    SelfManagedEventSource: servers,
    DestinationConfig: destinationsOf(DestinationConfig),
  })
}

function ruleOf(resource: WrittenResource, id: string, properties: Written): WrittenResource {
  const { Schedule, Pattern, EventBusName, Input, InputPath, Enabled, State } = properties
  const target = { Arn: arnOf(resource.logicalId), Id: `${id}LambdaTarget`, Input, InputPath, ...deadLettersOf(properties, id) }
  const state = State ?? (Enabled === undefined ? undefined : Enabled === false ? 'DISABLED' : 'ENABLED')
  return alsoMakes(resource, id, 'AWS::Events::Rule', {
    ScheduleExpression: Schedule,
    EventPattern: Pattern,
    EventBusName,
    State: state,
    Targets: [given(target)],
    ...taken(properties, 'Name', 'Description'),
  })
}

function scheduleOf(resource: WrittenResource, id: string, properties: Written): WrittenResource[] {
  const { logicalId } = resource
  const { RoleArn, Input, FlexibleTimeWindow, PermissionsBoundary, ...same } = properties
  const target = { Arn: arnOf(logicalId), RoleArn: RoleArn ?? arnOf(`${id}Role`), Input, ...deadLettersOf(properties, id) }
  const { DeadLetterConfig, RetryPolicy, ...ofSchedule } = same
  const schedule = alsoMakes(resource, id, 'AWS::Scheduler::Schedule', {
    ...ofSchedule,
    FlexibleTimeWindow: FlexibleTimeWindow ?? { Mode: 'OFF' },
    Target: given(target),
  })
  if (RoleArn !== undefined) return [schedule]
  const inline = { [`${id}LambdaPolicy`]: allows('lambda:InvokeFunction', arnOf(logicalId)) }
  const role = roleOf({
    id: `${id}Role`,
    properties: given({ PermissionsBoundary }),
    service: 'scheduler.amazonaws.com',
    managed: [],
    inline,
  })
  return [schedule, alsoMakes(resource, `${id}Role`, 'AWS::IAM::Role', role)]
}

const subscriptionOf = (resource: WrittenResource, id: string, { Topic, SqsSubscription, ...same }: Written): WrittenResource =>
  alsoMakes(resource, id, 'AWS::SNS::Subscription', {
    ...taken(same, 'FilterPolicy', 'FilterPolicyScope', 'Region', 'RedrivePolicy'),
    TopicArn: Topic,
    ...(SqsSubscription === undefined || SqsSubscription === false
      ? { Protocol: 'lambda', Endpoint: arnOf(resource.logicalId) }
      : {
          Protocol: 'sqs',
          Endpoint: recordOf(SqsSubscription).QueueArn ?? {
            'Fn::Sub': `arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:${id}Queue`,
          },
        }),
  })

const topicRuleOf = (resource: WrittenResource, id: string, { Sql, AwsIotSqlVersion }: Written): WrittenResource =>
  alsoMakes(resource, id, 'AWS::IoT::TopicRule', {
    TopicRulePayload: given({ Sql, AwsIotSqlVersion, Actions: [{ Lambda: { FunctionArn: arnOf(resource.logicalId) } }] }),
  })

const logGroupArn = (group: unknown): unknown => ({
  'Fn::Sub': ['arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*', { Group: group }],
})

const poolArn = (pool: unknown): unknown => {
  const name = refOf(pool)
  return name === undefined ? pool : arnOf(name)
}
