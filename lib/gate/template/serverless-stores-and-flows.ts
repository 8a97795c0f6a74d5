import { deadLetterQueue, deadLettersOf } from './serverless-dead-letters.ts'
import { alsoMakes, arnOf, becomes, given, listOf, recordOf, tagsOf, taken, type Written } from './serverless-derived.ts'
import { locationOf } from './serverless-destinations.ts'
import { eventsOf } from './serverless-events.ts'
import { allows, roleOf, roleWrittenAs } from './serverless-role.ts'
import type { WrittenResource } from './template.ts'

/** A serverless table: a DynamoDB table with one key. */
export function expandTable(resource: WrittenResource, properties: Written): WrittenResource[] {
  const { Name = 'id', Type } = recordOf(properties.PrimaryKey)
  const type = typeof Type === 'string' ? Type.charAt(0).toUpperCase() : 'S'
  return [
    becomes(
      resource,
      'AWS::DynamoDB::Table',
      {
        ...taken(properties, 'TableName', 'SSESpecification', 'PointInTimeRecoverySpecification', 'ProvisionedThroughput'),
        AttributeDefinitions: [{ AttributeName: Name, AttributeType: type }],
        KeySchema: [{ AttributeName: Name, KeyType: 'HASH' }],
        BillingMode: properties.ProvisionedThroughput === undefined ? 'PAY_PER_REQUEST' : undefined,
        Tags: tagsOf(properties.Tags),
      },
      { AttributeDefinitions: 'PrimaryKey', KeySchema: 'PrimaryKey' },
    ),
  ]
}

/** A serverless state machine: the state machine, its role, and the rules that start it. */
export function expandStateMachine(resource: WrittenResource, properties: Written): WrittenResource[] {
  const { logicalId } = resource
  const role =
    properties.Role === undefined
      ? [alsoMakes(resource, `${logicalId}Role`, 'AWS::IAM::Role', stateMachineRole(logicalId, properties), roleWrittenAs)]
      : []
  const machine = {
    StateMachineName: properties.Name,
    StateMachineType: properties.Type,
    Definition: properties.Definition,
    DefinitionS3Location: properties.DefinitionUri === undefined ? undefined : s3Location(properties.DefinitionUri),
    DefinitionSubstitutions: properties.DefinitionSubstitutions,
    LoggingConfiguration: properties.Logging,
    TracingConfiguration: properties.Tracing,
    EncryptionConfiguration: properties.EncryptionConfiguration,
    RoleArn: properties.Role ?? arnOf(`${logicalId}Role`),
    Tags: tagsOf(properties.Tags),
  }
  return [becomes(resource, 'AWS::StepFunctions::StateMachine', machine, machineWrittenAs), ...role, ...startingRules(resource, properties)]
}

const machineWrittenAs = {
  StateMachineName: 'Name',
  StateMachineType: 'Type',
  DefinitionS3Location: 'DefinitionUri',
  LoggingConfiguration: 'Logging',
  TracingConfiguration: 'Tracing',
  RoleArn: 'Role',
} as const

function s3Location(uri: unknown): unknown {
  const { S3Bucket, S3Key, S3ObjectVersion } = locationOf(uri)
  return given({ Bucket: S3Bucket, Key: S3Key, Version: S3ObjectVersion })
}

const stateMachineRole = (logicalId: string, properties: Written): Written =>
  roleOf({
    id: `${logicalId}Role`,
    properties,
    service: 'states.amazonaws.com',
    managed: recordOf(properties.Tracing).Enabled === true ? ['AWSXrayWriteOnlyAccess'] : [],
    inline: {},
  })

const startingRules = (resource: WrittenResource, properties: Written): WrittenResource[] =>
  eventsOf(properties)
    .filter(({ type }) => ['Schedule', 'EventBridgeRule', 'CloudWatchEvent'].includes(type))
    .flatMap(({ name, properties: event }) => {
      const id = `${resource.logicalId}${name}`
      const own = { Ref: resource.logicalId }
      const target = given({
        Arn: own,
        Id: `${id}StepFunctionsTarget`,
        RoleArn: event.RoleArn ?? arnOf(`${id}Role`),
        Input: event.Input,
        ...deadLettersOf(event, id),
      })
      const rule = { ScheduleExpression: event.Schedule, EventPattern: event.Pattern, EventBusName: event.EventBusName, Targets: [target] }
      const inline = { [`${id}RoleStartExecutionPolicy`]: allows('states:StartExecution', own) }
      const role = roleOf({ id: `${id}Role`, properties: {}, service: 'events.amazonaws.com', managed: [], inline })
      const inEvents = Object.fromEntries([...Object.keys(rule), ...Object.keys(role)].map((property) => [property, 'Events']))
      return [
        alsoMakes(resource, id, 'AWS::Events::Rule', rule, inEvents),
        ...deadLetterQueue(resource, id, event),
        ...(event.RoleArn === undefined ? [alsoMakes(resource, `${id}Role`, 'AWS::IAM::Role', role, inEvents)] : []),
      ]
    })

/** A serverless layer: a version of a Lambda layer. */
export const expandLayer = (resource: WrittenResource, properties: Written): WrittenResource[] => [
  becomes(
    resource,
    'AWS::Lambda::LayerVersion',
    {
      ...taken(properties, 'LayerName', 'Description', 'CompatibleRuntimes', 'CompatibleArchitectures', 'LicenseInfo'),
      Content: locationOf(properties.ContentUri),
    },
    { Content: 'ContentUri' },
  ),
]

/** A serverless GraphQL API: the API, and its keys. */
export function expandGraphQlApi(resource: WrittenResource, properties: Written): WrittenResource[] {
  const auth = recordOf(properties.Auth)
  const ApiId = { 'Fn::GetAtt': [resource.logicalId, 'ApiId'] }
  const api = {
    ...taken(
      properties,
      'XrayEnabled',
      'EnvironmentVariables',
      'Visibility',
      'IntrospectionConfig',
      'QueryDepthLimit',
      'ResolverCountLimit',
      'OwnerContact',
    ),
    Name: properties.Name ?? resource.logicalId,
    AuthenticationType: auth.Type,
    ...providerOf(auth),
    AdditionalAuthenticationProviders:
      auth.Additional === undefined
        ? undefined
        : listOf(auth.Additional).map((one) => ({ AuthenticationType: recordOf(one).Type, ...providerOf(recordOf(one)) })),
    // SAM writes all fields to the log unless the template turns it off ("AWS::Serverless::GraphQLApi", property Logging, AWS SAM Developer Guide).
    LogConfig: properties.Logging === false ? undefined : { FieldLogLevel: 'ALL', ...recordOf(properties.Logging) },
    Tags: tagsOf(properties.Tags),
  }
  const keys = Object.entries(recordOf(properties.ApiKeys)).map(([name, key]) =>
    alsoMakes(
      resource,
      `${resource.logicalId}${name}`,
      'AWS::AppSync::ApiKey',
      { ApiId, Description: recordOf(key).Description, Expires: recordOf(key).ExpiresOn },
      { Expires: 'ApiKeys' },
    ),
  )
  return [
    becomes(resource, 'AWS::AppSync::GraphQLApi', api, {
      AuthenticationType: 'Auth',
      AdditionalAuthenticationProviders: 'Auth',
      LogConfig: 'Logging',
    }),
    ...keys,
  ]
}

const providerOf = ({ UserPool, OpenIDConnect, LambdaAuthorizer }: Written): Written =>
  given({ UserPoolConfig: UserPool, OpenIDConnectConfig: OpenIDConnect, LambdaAuthorizerConfig: LambdaAuthorizer })
