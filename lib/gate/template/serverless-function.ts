import {
  alsoMakes,
  arnOf,
  becomes,
  plainName,
  recordOf,
  type ServerlessTemplate,
  tagsOf,
  taken,
  type Written,
} from './serverless-derived.ts'
import { destinationsOf, locationOf } from './serverless-destinations.ts'
import { eventResources, executionPolicies } from './serverless-events.ts'
import { allows, roleOf, roleWrittenAs } from './serverless-role.ts'
import type { WrittenResource } from './template.ts'

const writtenAs = { Code: 'CodeUri', TracingConfig: 'Tracing', DeadLetterConfig: 'DeadLetterQueue' } as const

/** A serverless function: the function, its role, alias, URL, what decides on failed events, and what its events make. */
export function expandFunction(resource: WrittenResource, properties: Written, template: ServerlessTemplate): WrittenResource[] {
  const { logicalId } = resource
  const role = hasRole(properties)
    ? []
    : [alsoMakes(resource, `${logicalId}Role`, 'AWS::IAM::Role', functionRole(logicalId, properties), roleWrittenAs)]
  return [
    becomes(
      resource,
      'AWS::Lambda::Function',
      functionOf(logicalId, properties),
      properties.InlineCode === undefined ? writtenAs : { ...writtenAs, Code: 'InlineCode' },
    ),
    ...role,
    ...aliasOf(resource, properties),
    ...urlOf(resource, properties),
    ...failuresOf(resource, properties),
    ...eventResources(resource, properties, template),
  ]
}

const hasRole = ({ Role: role }: Written): boolean => role !== undefined && recordOf(role).Ref !== 'AWS::NoValue'

const functionOf = (logicalId: string, properties: Written): Written => ({
  ...taken(properties, ...sameNames),
  Role: hasRole(properties) ? properties.Role : arnOf(`${logicalId}Role`),
  Code: codeOf(properties),
  TracingConfig: properties.Tracing === undefined || properties.Tracing === 'Disabled' ? undefined : { Mode: properties.Tracing },
  DeadLetterConfig: properties.DeadLetterQueue === undefined ? undefined : taken(recordOf(properties.DeadLetterQueue), 'TargetArn'),
  Tags: tagsOf(properties.Tags),
})

const sameNames = [
  ...[
    'FunctionName',
    'Handler',
    'Runtime',
    'PackageType',
    'ImageConfig',
    'Architectures',
    'Description',
    'MemorySize',
    'Timeout',
    'Environment',
    'KmsKeyArn',
  ],
  ...[
    'VpcConfig',
    'FileSystemConfigs',
    'EphemeralStorage',
    'Layers',
    'ReservedConcurrentExecutions',
    'CodeSigningConfigArn',
    'SnapStart',
    'LoggingConfig',
  ],
  ...['RuntimeManagementConfig', 'RecursiveLoop', 'TenancyConfig', 'DurableConfig', 'CapacityProviderConfig', 'FunctionScalingConfig'],
]

function codeOf({ CodeUri, ImageUri, InlineCode }: Written): Written {
  if (InlineCode !== undefined) return { ZipFile: InlineCode }
  return ImageUri === undefined ? locationOf(CodeUri) : { ImageUri }
}

function functionRole(logicalId: string, properties: Written): Written {
  const managed = [
    'AWSLambdaBasicExecutionRole',
    ...(properties.Tracing !== undefined && properties.Tracing !== 'Disabled' ? ['AWSXrayWriteOnlyAccess'] : []),
    ...(properties.VpcConfig === undefined ? [] : ['AWSLambdaVPCAccessExecutionRole']),
    ...executionPolicies(properties),
  ]
  return roleOf({ id: `${logicalId}Role`, properties, service: 'lambda.amazonaws.com', managed, inline: deliveries(logicalId, properties) })
}

function deliveries(logicalId: string, { DeadLetterQueue, EventInvokeConfig }: Written): Written {
  const queue = recordOf(DeadLetterQueue)
  const destinations = recordOf(recordOf(EventInvokeConfig).DestinationConfig)
  const named = (['OnFailure', 'OnSuccess'] as const).flatMap((when) => {
    const { Type, Destination } = recordOf(destinations[when])
    const action = deliveryOf(Type)
    return action === undefined || Destination === undefined
      ? []
      : [[`${logicalId}EventInvokeConfig${when}${String(Type)}Policy`, allows(action, Destination)] as const]
  })
  const action = deliveryOf(queue.Type)
  return Object.fromEntries([
    ...(action === undefined ? [] : [['DeadLetterQueuePolicy', allows(action, queue.TargetArn)] as const]),
    ...named,
  ])
}

const deliveryOf = (type: unknown): string | undefined =>
  typeof type === 'string' && Object.hasOwn(deliveryActions, type) ? deliveryActions[type] : undefined

const deliveryActions: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:Publish',
  Lambda: 'lambda:InvokeFunction',
  EventBridge: 'events:PutEvents',
  S3Bucket: 's3:PutObject',
}

function aliasOf(resource: WrittenResource, { AutoPublishAlias: name, ProvisionedConcurrencyConfig }: Written): WrittenResource[] {
  if (name === undefined) return []
  const { logicalId } = resource
  const FunctionName = { Ref: logicalId }
  const version = { 'Fn::GetAtt': [`${logicalId}Version`, 'Version'] }
  return [
    alsoMakes(resource, `${logicalId}Version`, 'AWS::Lambda::Version', { FunctionName }),
    alsoMakes(
      resource,
      `${logicalId}Alias${plainName(name)}`,
      'AWS::Lambda::Alias',
      { Name: name, FunctionName, FunctionVersion: version, ProvisionedConcurrencyConfig },
      { Name: 'AutoPublishAlias' },
    ),
  ]
}

// With AuthType NONE, SAM lets anybody call the function through the URL ("FunctionUrlConfig", AWS SAM Developer Guide).
function urlOf(resource: WrittenResource, { FunctionUrlConfig }: Written): WrittenResource[] {
  if (FunctionUrlConfig === undefined) return []
  const { logicalId } = resource
  const { AuthType, Cors, InvokeMode } = recordOf(FunctionUrlConfig)
  const target = { Ref: logicalId }
  const inUrlConfig = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'FunctionUrlConfig']))
  const url = alsoMakes(
    resource,
    `${logicalId}Url`,
    'AWS::Lambda::Url',
    { TargetFunctionArn: target, AuthType, Cors, InvokeMode },
    inUrlConfig('AuthType', 'Cors', 'InvokeMode'),
  )
  if (AuthType !== 'NONE') return [url]
  const everybody = { FunctionName: target, Principal: '*' }
  const open = { ...everybody, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }
  const invoke = { ...everybody, Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }
  const names = inUrlConfig('Principal', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl')
  return [
    url,
    alsoMakes(resource, `${logicalId}UrlPublicPermissions`, 'AWS::Lambda::Permission', open, names),
    alsoMakes(resource, `${logicalId}URLInvokeAllowPublicAccess`, 'AWS::Lambda::Permission', invoke, names),
  ]
}

function failuresOf(resource: WrittenResource, { EventInvokeConfig }: Written): WrittenResource[] {
  if (EventInvokeConfig === undefined) return []
  const { logicalId } = resource
  const config = recordOf(EventInvokeConfig)
  const DestinationConfig = destinationsOf(config.DestinationConfig)
  const own = { ...taken(config, 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'), DestinationConfig }
  const names = Object.fromEntries(Object.keys(own).map((name) => [name, 'EventInvokeConfig']))
  return [
    alsoMakes(
      resource,
      `${logicalId}EventInvokeConfig`,
      'AWS::Lambda::EventInvokeConfig',
      { FunctionName: { Ref: logicalId }, Qualifier: '$LATEST', ...own },
      names,
    ),
  ]
}
