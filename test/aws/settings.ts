import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { DynamoDBClient, type TimeToLiveSpecification, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { type ObjectLockConfiguration, PutObjectLockConfigurationCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateIPSetCommand, type CreateIPSetRequest, WAFV2Client } from '@aws-sdk/client-wafv2'
import type { AfterDeployment } from './after-deployment.ts'
import type { Deployed } from './deploy.ts'

// Each sets one kind of thing and says how many there were; after-deployment.ts says why.

/** `DeadLetterConfig` of functions. */
export async function deadLetterQueues({ client, deployed }: AfterDeployment): Promise<number> {
  const lambda = new LambdaClient(client)
  const { region, credentials } = client
  return each(deployed, 'AWS::Lambda::Function', 'DeadLetterConfig', async (FunctionName, config, stack) => {
    const [queue] = (config as { TargetArn: { 'Fn::GetAtt': [string, 'Arn'] } }).TargetArn['Fn::GetAtt']
    const queueName = deployed.find((one) => one.stack === stack && one.id === queue)?.properties['QueueName']
    const TargetArn = `arn:aws:sqs:${region}:${credentials.accessKeyId}:${queueName}`
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, DeadLetterConfig: { TargetArn } }))
  })
}

/** `ReservedConcurrentExecutions` of functions. */
export async function reservedConcurrency({ client, deployed }: AfterDeployment): Promise<number> {
  const lambda = new LambdaClient(client)
  return each(deployed, 'AWS::Lambda::Function', 'ReservedConcurrentExecutions', async (FunctionName, reserved) => {
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: Number(reserved) }))
  })
}

/** `TimeToLiveSpecification` of tables. */
export async function timeToLive({ client, deployed }: AfterDeployment): Promise<number> {
  const dynamo = new DynamoDBClient(client)
  return each(deployed, 'AWS::DynamoDB::Table', 'TimeToLiveSpecification', async (TableName, specification) => {
    const TimeToLiveSpecification = specification as TimeToLiveSpecification
    await dynamo.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }))
  })
}

/** `ObjectLockConfiguration` of buckets. */
export async function objectLock({ client, deployed }: AfterDeployment): Promise<number> {
  const s3 = new S3Client(client)
  return each(deployed, 'AWS::S3::Bucket', 'ObjectLockConfiguration', async (Bucket, configuration) => {
    const ObjectLockConfiguration = configuration as ObjectLockConfiguration
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }))
  })
}

/** IP sets, which are not deployed. */
export async function ipSets({ client, assembly }: AfterDeployment): Promise<number> {
  const waf = new WAFV2Client(client)
  const found = assembly.stacks
    .flatMap(({ template }) => Object.values(template.Resources))
    .filter(({ Type }) => Type === 'AWS::WAFv2::IPSet')
  for (const { Properties } of found) await waf.send(new CreateIPSetCommand(Properties as unknown as CreateIPSetRequest))
  return found.length
}

/** Sign-in by password for the apps of people. What is not sent along would fall back to Cognito's default. */
export async function passwordSignIn({ client, deployed }: AfterDeployment): Promise<number> {
  const cognito = new CognitoIdentityProviderClient(client)
  const people = deployed.filter(
    ({ type, properties }) => type === 'AWS::Cognito::UserPoolClient' && includes(properties['ExplicitAuthFlows'], 'ALLOW_USER_AUTH'),
  )
  for (const { name: ClientId, stack, properties } of people) {
    const pool = (properties['UserPoolId'] as { Ref: string }).Ref
    const UserPoolId = deployed.find((one) => one.stack === stack && one.id === pool)?.name
    const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))
    const { ClientSecret: _, CreationDate: __, LastModifiedDate: ___, ...kept } = UserPoolClient ?? {}
    await cognito.send(
      new UpdateUserPoolClientCommand({
        ...kept,
        UserPoolId,
        ClientId,
        ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      }),
    )
  }
  return people.length
}

/** The variable by which the SDK finds one service elsewhere (AWS SDKs and Tools Reference Guide, "Service-specific endpoints"). */
export async function messagingEndpoint({ client, deployed, messagingEndpoint }: AfterDeployment): Promise<number> {
  const lambda = new LambdaClient(client)
  return each(deployed, 'AWS::Lambda::Function', 'Environment', async (FunctionName, environment) => {
    const { Variables: own } = environment as { readonly Variables: Readonly<Record<string, unknown>> }
    if (own['ORIGINATION_IDENTITY'] === undefined) return false
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
    const Variables = { ...Environment?.Variables, AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: messagingEndpoint }
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }))
    return true
  })
}

async function each(
  deployed: readonly Deployed[],
  type: string,
  property: string,
  set: (name: string, value: unknown, stack: string) => Promise<unknown>,
): Promise<number> {
  let count = 0
  for (const { name, stack, properties, type: own } of deployed)
    if (own === type && properties[property] !== undefined && (await set(name, properties[property], stack)) !== false) count += 1
  return count
}

const includes = (list: unknown, word: string): boolean => Array.isArray(list) && list.includes(word)
