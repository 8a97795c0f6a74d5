import { deepStrictEqual } from 'node:assert/strict'
import { expect } from 'vitest'
import { nameOf, tableArn } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import { alertsTopicArn } from '../../../../lib/environment/alerts-topic.ts'
import { type Claim, resourcesOf } from '../claim.ts'
import { leastFunctionClaims } from '../least-function-claims.ts'
import { permission, type Statement } from '../policies.ts'
import { outputOf } from '../resources.ts'
import { exactly, propertiesOf, type Said } from './exactly.ts'

/** Compares everything but the key with what is expected, and asks of the key that it is the one for notifications. */
const keyed = (says: string, type: string, field: string, expected: (config: EnvironmentConfig, key: unknown) => Said): Claim => ({
  says,
  stack: 'detection',
  check: (template, config) => {
    const made = propertiesOf(template, type) as Said[]
    const key = field.split('.').reduce<unknown>((inner, name) => (inner as Said | undefined)?.[name], made[0])
    expect(key).toEqual(outputOf(config, 'keys', 'NotificationsKey'))
    deepStrictEqual(made, [expected(config, key)])
  },
})

const publish = { Action: 'sns:Publish', Resource: 'AWS::SNS::Topic' }
const deny = (Sid: string, Condition: Said): Said => ({ Sid, Effect: 'Deny', Principal: { AWS: '*' }, ...publish, Condition })

const topic: readonly Claim[] = [
  keyed('Alerts go to an encrypted topic', 'AWS::SNS::Topic', 'KmsMasterKeyId', (config, KmsMasterKeyId) => ({
    TopicName: nameOf(config, 'alerts'),
    KmsMasterKeyId,
  })),
  exactly('Only the alert function and the alarms of this environment publish to it, over TLS', 'AWS::SNS::TopicPolicy', (config) => [
    {
      Topics: ['AWS::SNS::Topic'],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'AlertFunctionTells', Effect: 'Allow', Principal: { AWS: 'AWS::IAM::Role.Arn' }, ...publish },
          {
            Sid: 'AlarmsOfThisEnvironmentTell',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            ...publish,
            Condition: {
              StringEquals: { 'aws:SourceAccount': config.accounts.workload },
              ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:*:${config.accounts.workload}:alarm:${nameOf(config, '*')}` },
            },
          },
          deny('NobodyElseTells', {
            ArnNotEquals: { 'aws:PrincipalArn': 'AWS::IAM::Role.Arn' },
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          }),
          deny('NobodyTellsWithoutTls', { Bool: { 'aws:SecureTransport': 'false' } }),
        ],
      },
    },
  ]),
  exactly('The security team reads it', 'AWS::SNS::Subscription', ({ contacts }) => [
    { TopicArn: 'AWS::SNS::Topic', Protocol: 'email', Endpoint: contacts.security },
  ]),
]

const repeats: readonly Claim[] = [
  keyed(
    'The table of repeats is encrypted, forgets by itself and can be set back',
    'AWS::DynamoDB::Table',
    'SSESpecification.KMSMasterKeyId',
    (config, key) => ({
      TableName: nameOf(config, 'alert-repeats'),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      DeletionProtectionEnabled: config.purpose === 'production',
    }),
  ),
]

const alertFunction: readonly Claim[] = [
  ...leastFunctionClaims({
    stack: 'detection',
    what: 'alert',
    description: 'tells the security team of findings, each one once, without patient data.',
    may: 'publish, remember, and use the one key for both',
    permissions: alertPermissions,
    variables: (config) => ({
      ENVIRONMENT: `safe-harbor-${config.name}`,
      ALERTS_TOPIC_ARN: alertsTopicArn(config),
      ALERT_REPEATS_TABLE: nameOf(config, 'alert-repeats'),
      RUNBOOK_URL: `https://github.com/${config.github.repository}#`,
    }),
    concurrency: 2,
    undelivered: (config) => [
      {
        Sid: 'RulesLeaveWhatTheyCannotDeliver',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Condition: {
          ArnLike: { 'aws:SourceArn': `arn:aws:events:${config.regions.primary}:${config.accounts.workload}:rule/${nameOf(config, '*')}` },
        },
      },
    ],
  }),
  exactly('Its events are tried three times within six hours', 'AWS::Lambda::EventInvokeConfig', () => [
    { FunctionName: 'AWS::Lambda::Function', Qualifier: '$LATEST', MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 },
  ]),
]

function alertPermissions(config: EnvironmentConfig): readonly Statement[] {
  const key = outputOf(config, 'keys', 'NotificationsKey')
  const through = (service: string) => ({ StringEquals: { 'kms:ViaService': `${service}.${config.regions.primary}.amazonaws.com` } })
  return [
    permission('TellTheSecurityTeam', ['sns:Publish'], [alertsTopicArn(config)]),
    permission('RememberWhatWasTold', ['dynamodb:PutItem', 'dynamodb:UpdateItem'], [tableArn(config, 'alert-repeats')]),
    permission('EncryptAlerts', ['kms:Decrypt', 'kms:GenerateDataKey'], [key], through('sns')),
    permission('UseTheTablesKey', ['kms:Decrypt'], [key], through('dynamodb')),
  ]
}

const stores = ['AWS::DynamoDB::Table', 'AWS::SNS::Topic'] as const

const fate: Claim = {
  says: 'Stores go with a trial and stay in production, and say that they hold no patient data',
  stack: 'detection',
  check: (template, { purpose }) => {
    for (const type of stores)
      for (const { DeletionPolicy, UpdateReplacePolicy, Metadata } of Object.values(resourcesOf(template, type))) {
        deepStrictEqual(Metadata?.['SafeHarborDataClass'], 'operational')
        // A topic keeps nothing.
        if (type === 'AWS::SNS::Topic') continue
        const fate = purpose === 'production' ? 'Retain' : 'Delete'
        deepStrictEqual({ DeletionPolicy, UpdateReplacePolicy }, { DeletionPolicy: fate, UpdateReplacePolicy: fate })
      }
  },
}

/** The way a finding takes from a rule to the security team. */
export const alertPathClaims: readonly Claim[] = [...topic, ...repeats, ...alertFunction, fate]
