import { isList } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { type Expectation, isCustomerKey, isGiven, isNoneOf, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { whenAbsent } from './absence.ts'
import { isWord, someEntry } from './entries.ts'
import { holdsNone } from './holds-none.ts'
import { only } from './inheritance.ts'
import { isEdge } from './lambda-edge.ts'
import { lambdaLogicControls } from './lambda-function-logic.ts'
import { atRest, authentication, availability, exampleKey, hygiene, monitoring, notPublic, patched, privateNetwork } from './safeguards.ts'

const type = 'AWS::Lambda::Function'
const plain = {
  Code: { ZipFile: 'exports.handler = async () => {}' },
  Handler: 'index.handler',
  Role: 'arn:aws:iam::111122223333:role/function',
  Runtime: 'nodejs24.x',
}
const inVpc = (...SubnetIds: readonly string[]) => ({ ...plain, VpcConfig: { SubnetIds, SecurityGroupIds: ['sg-0123456789abcdef0'] } })
const target = 'arn:aws:lambda:us-east-1:111122223333:function:records'
const url = { TargetFunctionArn: target, AuthType: 'AWS_IAM' }
const layer = 'arn:aws:lambda:us-east-1:111122223333:layer:shared:1'
const signing = { SigningProfileVersionArns: ['arn:aws:signer:us-east-1:111122223333:/signing-profiles/release/abcdef1234'] }
const kafka = {
  FunctionName: target,
  Topics: ['results'],
  StartingPosition: 'LATEST',
  SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['kafka.example.com:9096'] } },
}
const secret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:kafka-abcdef'
const filtered = {
  FunctionName: target,
  EventSourceArn: 'arn:aws:sqs:us-east-1:111122223333:results',
  FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["result"]}}' }] },
}

const kafkaCredentials = ['SASL_SCRAM_256_AUTH', 'SASL_SCRAM_512_AUTH', 'BASIC_AUTH', 'CLIENT_CERTIFICATE_TLS_AUTH'] as const

const inTwoSubnets: Expectation = (value) => (isList(value) ? value.length > 1 : undefined)

const notAtEdge = only(
  (resource, deployment) => !isEdge(resource, deployment),
  propertyControls([
    {
      ...privateNetwork,
      severity: 'low',
      id: 'lambda-function-in-vpc',
      title: 'Lambda functions run in a VPC',
      why: 'Outside of a VPC a function talks to databases and services over the open network, and nothing limits where it sends data.',
      remedy: 'Set VpcConfig with SubnetIds and SecurityGroupIds.',
      type,
      path: 'VpcConfig.SubnetIds',
      expect: isGiven,
      absent: 'fails',
      passing: inVpc('subnet-0123456789abcdef0'),
      failing: plain,
    },
    {
      ...monitoring,
      severity: 'low',
      id: 'lambda-function-tracing',
      title: 'Lambda functions are traced with X-Ray',
      why: 'Without traces nobody can follow which services a request reached, and how far an attack got.',
      remedy: 'Set TracingConfig.Mode to Active.',
      type,
      path: 'TracingConfig.Mode',
      expect: isOneOf('Active'),
      absent: 'fails',
      passing: { ...plain, TracingConfig: { Mode: 'Active' } },
      failing: plain,
    },
  ]),
)

const settings = propertyControls([
  {
    ...atRest,
    severity: 'medium',
    id: 'lambda-function-environment-customer-key',
    title: "Environment variables of Lambda functions are encrypted with a customer's key",
    why: 'With the key of AWS everybody who may read the configuration of the function reads its variables as well; a key of your own asks for a second permission and leaves a trail of each use.',
    remedy: 'Set KmsKeyArn to a KMS key of your own.',
    type,
    path: 'KmsKeyArn',
    expect: isCustomerKey,
    absent: 'fails',
    when: { path: 'Environment.Variables', expect: isGiven },
    passing: { ...plain, Environment: { Variables: { MODE: 'strict' } }, KmsKeyArn: exampleKey },
    failing: { ...plain, Environment: { Variables: { MODE: 'strict' } } },
  },
  {
    ...availability,
    severity: 'low',
    id: 'lambda-function-several-subnets',
    title: 'Lambda functions in a VPC have subnets in several zones',
    why: 'With one subnet the function stops when that Availability Zone does.',
    remedy: 'List subnets of at least two Availability Zones in VpcConfig.SubnetIds.',
    type,
    path: 'VpcConfig.SubnetIds',
    expect: inTwoSubnets,
    absent: 'does not apply',
    passing: inVpc('subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'),
    failing: inVpc('subnet-0123456789abcdef0'),
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'lambda-function-reserved-concurrency',
    title: 'Lambda functions have a limit of concurrent executions of their own',
    why: 'A function without a limit can use up the concurrency of the account, by a flood or a loop, and then no other function runs.',
    remedy: 'Set ReservedConcurrentExecutions.',
    type,
    path: 'ReservedConcurrentExecutions',
    expect: isGiven,
    absent: 'fails',
    passing: { ...plain, ReservedConcurrentExecutions: 20 },
    failing: plain,
  },
  {
    ...hygiene,
    citations: ['164.312(c)(1)'],
    id: 'lambda-function-code-signing',
    title: 'Lambda functions take signed code only',
    why: 'Without code signing whoever may update the function can run any code with its permissions; a signature ties the code to the build that made it.',
    remedy: 'Set CodeSigningConfigArn.',
    type,
    path: 'CodeSigningConfigArn',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'PackageType', expect: isNoneOf('Image'), absent: 'applies' },
    passing: {
      Resources: {
        Signing: { Type: 'AWS::Lambda::CodeSigningConfig', Properties: { AllowedPublishers: signing } },
        Function: {
          Type: type,
          Properties: { ...plain, Code: { S3Bucket: 'code', S3Key: 'function.zip' }, CodeSigningConfigArn: { Ref: 'Signing' } },
        },
      },
    },
    failing: plain,
  },
  {
    ...patched,
    severity: 'low',
    id: 'lambda-function-runtime-updates',
    title: 'Lambda functions get corrections of their runtime',
    why: 'A function whose runtime version is pinned by hand keeps every hole that was found in it since.',
    remedy: 'Set RuntimeManagementConfig.UpdateRuntimeOn of the function to Auto or FunctionUpdate, or leave it out.',
    type,
    path: 'RuntimeManagementConfig.UpdateRuntimeOn',
    expect: isNoneOf('Manual'),
    absent: 'passes',
    passing: { ...plain, RuntimeManagementConfig: { UpdateRuntimeOn: 'Auto' } },
    failing: {
      ...plain,
      RuntimeManagementConfig: {
        UpdateRuntimeOn: 'Manual',
        RuntimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
      },
    },
  },
  {
    ...hygiene,
    id: 'lambda-function-loops-ended',
    title: 'Lambda ends loops in which a function calls itself',
    why: 'A function that feeds its own queue, topic or bucket runs without end, and takes the concurrency of all others.',
    remedy: 'Set RecursiveLoop to Terminate, or leave it out.',
    type,
    path: 'RecursiveLoop',
    expect: isNoneOf('Allow'),
    absent: 'passes',
    passing: { ...plain, RecursiveLoop: 'Terminate' },
    failing: { ...plain, RecursiveLoop: 'Allow' },
  },
  {
    ...hygiene,
    citations: ['164.502(b)'],
    topic: 'logging-audit',
    id: 'lambda-function-no-debug-log',
    title: 'Lambda functions write no log lines for debugging',
    why: 'Lines for debugging repeat what a function works on: patient data then lies where developers and operators read it.',
    remedy: 'Set LoggingConfig.ApplicationLogLevel to INFO or higher, or leave it out.',
    type,
    path: 'LoggingConfig.ApplicationLogLevel',
    expect: isNoneOf('TRACE', 'DEBUG'),
    absent: 'passes',
    passing: { ...plain, LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' } },
    failing: { ...plain, LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG' } },
  },
  {
    ...hygiene,
    citations: ['164.312(c)(1)'],
    id: 'lambda-code-signing-config-enforced',
    title: 'Code signing refuses code whose signature does not match',
    why: 'With Warn, code that nobody signed is deployed all the same, and only a log line tells of it.',
    remedy: 'Set CodeSigningPolicies.UntrustedArtifactOnDeployment to Enforce.',
    type: 'AWS::Lambda::CodeSigningConfig',
    path: 'CodeSigningPolicies.UntrustedArtifactOnDeployment',
    expect: isOneOf('Enforce'),
    absent: 'fails',
    passing: { AllowedPublishers: signing, CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' } },
    failing: { AllowedPublishers: signing },
  },
])

const callers = propertyControls([
  {
    ...authentication,
    severity: 'critical',
    id: 'lambda-url-authorization',
    title: 'URLs of Lambda functions ask callers to sign with IAM',
    why: 'A function URL stands on the internet. With NONE, anybody who finds it runs the function.',
    remedy: 'Set AuthType to AWS_IAM.',
    type: 'AWS::Lambda::Url',
    path: 'AuthType',
    expect: isOneOf('AWS_IAM'),
    absent: 'fails',
    passing: url,
    failing: { ...url, AuthType: 'NONE' },
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'lambda-url-cors-origins',
    title: 'URLs of Lambda functions answer only named origins',
    why: 'With the origin * any website that a signed-in person visits can read the answers of the function in their browser.',
    remedy: 'List the origins in Cors.AllowOrigins.',
    type: 'AWS::Lambda::Url',
    path: 'Cors.AllowOrigins',
    expect: holdsNone('*', 'http://*', 'https://*'),
    absent: 'does not apply',
    passing: { ...url, Cors: { AllowOrigins: ['https://portal.example.com'] } },
    failing: { ...url, Cors: { AllowOrigins: ['*'] } },
  },
  {
    ...notPublic,
    topic: 'iam-privilege',
    severity: 'medium',
    id: 'lambda-permission-invoke-only',
    title: 'Permissions on Lambda functions let others call them, and nothing else',
    why: 'An action that changes the function, as lambda:* allows it, lets the other side replace its code or read its variables.',
    remedy: 'Set Action to lambda:InvokeFunction or lambda:InvokeFunctionUrl.',
    type: 'AWS::Lambda::Permission',
    path: 'Action',
    expect: isOneOf('lambda:InvokeFunction', 'lambda:InvokeFunctionUrl', 'lambda:InvokeAsync'),
    absent: 'does not apply',
    passing: { FunctionName: target, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceAccount: '111122223333' },
    failing: { FunctionName: target, Action: 'lambda:*', Principal: 'events.amazonaws.com', SourceAccount: '111122223333' },
  },
  {
    ...notPublic,
    severity: 'medium',
    id: 'lambda-layer-not-public',
    title: 'Lambda layers are shared with named accounts or an organization',
    why: 'A layer that everybody may load shows its code, and what was packed with it by mistake, to any AWS account.',
    remedy: 'Set Principal to an account, or OrganizationId to your organization.',
    type: 'AWS::Lambda::LayerVersionPermission',
    path: 'Principal',
    expect: isNoneOf('*'),
    absent: 'fails',
    when: whenAbsent('OrganizationId'),
    passing: { LayerVersionArn: layer, Action: 'lambda:GetLayerVersion', Principal: '111122223333' },
    failing: { LayerVersionArn: layer, Action: 'lambda:GetLayerVersion', Principal: '*' },
  },
  {
    ...authentication,
    id: 'lambda-event-source-kafka-authentication',
    title: 'Lambda authenticates to the Kafka clusters that it reads',
    why: 'Without access configurations Lambda reads the topics without a name, so the cluster must let everybody on its network read them too.',
    remedy: 'Set SourceAccessConfigurations with SASL or a client certificate.',
    type: 'AWS::Lambda::EventSourceMapping',
    path: 'SourceAccessConfigurations',
    expect: someEntry(({ Type }) => isWord(Type, ...kafkaCredentials)),
    absent: 'fails',
    when: { path: 'SelfManagedEventSource', expect: isGiven },
    passing: { ...kafka, SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: secret }] },
    failing: kafka,
  },
  {
    ...atRest,
    severity: 'low',
    id: 'lambda-event-source-filter-customer-key',
    title: "Filters of event sources are encrypted with a customer's key",
    why: 'Filter patterns repeat field names and values of the records; with a key of your own their readers are those you name.',
    remedy: 'Set KmsKeyArn of the event source mapping.',
    type: 'AWS::Lambda::EventSourceMapping',
    path: 'KmsKeyArn',
    expect: isCustomerKey,
    absent: 'fails',
    when: { path: 'FilterCriteria.Filters', expect: isGiven },
    passing: { ...filtered, KmsKeyArn: exampleKey },
    failing: filtered,
  },
])

/** Controls on Lambda functions, their URLs, layers and event sources. */
export const lambdaFunctionControls: readonly ResourceControl[] = [...settings, ...notAtEdge, ...lambdaLogicControls, ...callers]
