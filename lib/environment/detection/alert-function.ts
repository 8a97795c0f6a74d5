import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { alertEnvironment } from '../../../lambda/detection/alert/env.ts'
import { nameOf, prefix, tableArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { alertsTopicArn } from '../alerts-topic.ts'
import { LeastFunction } from '../constructs/least-function.ts'
import type { Permission } from '../constructs/least-policy.ts'
import type { KeyArns } from '../keys-stack.ts'
import type { NetworkStack } from '../network-stack.ts'
import { runbookUrl } from '../runbook.ts'
import { repeatsTableName } from './repeats-table.ts'

/** What the alert function needs. */
export interface AlertFunctionProps {
  readonly config: EnvironmentConfig
  readonly keys: KeyArns
  readonly network: NetworkStack
}

/** The function that turns findings into short alerts and drops repeats. What it cannot tell, after three tries, waits in its dead-letter queue. */
export function alertFunction(scope: Construct, { config, keys, network }: AlertFunctionProps): LeastFunction {
  const { environment, topicArn, repeatsTable, runbook } = alertEnvironment
  const made = new LeastFunction(scope, 'Alert', {
    config,
    what: 'alert',
    description: 'tells the security team of findings, each one once, without patient data.',
    entry: 'lambda/detection/alert/handler.ts',
    environment: {
      [environment]: prefix(config),
      [topicArn]: alertsTopicArn(config),
      [repeatsTable]: nameOf(config, repeatsTableName),
      [runbook]: runbookUrl(config, ''),
    },
    permissions: permissions(config, keys.notifications),
    concurrency: 2,
    network: network.functionNetwork,
    auditKeyArn: keys.audit,
    queueKeyArn: keys.notifications,
  })
  new CfnEventInvokeConfig(scope, 'AlertRetries', {
    functionName: made.function.functionName,
    qualifier: '$LATEST',
    maximumRetryAttempts: 2,
    maximumEventAgeInSeconds: 21_600,
  })
  return made
}

const permissions = (config: EnvironmentConfig, keyArn: string): Permission[] => [
  { sid: 'TellTheSecurityTeam', actions: ['sns:Publish'], resources: [alertsTopicArn(config)] },
  { sid: 'RememberWhatWasTold', actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'], resources: [tableArn(config, repeatsTableName)] },
  {
    sid: 'EncryptAlerts',
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `sns.${config.regions.primary}.amazonaws.com` } },
  },
  {
    // DynamoDB asks for the caller's right to decrypt even to write (Amazon DynamoDB Developer Guide, "DynamoDB encryption at rest: usage notes").
    sid: 'UseTheTablesKey',
    actions: ['kms:Decrypt'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${config.regions.primary}.amazonaws.com` } },
  },
]
