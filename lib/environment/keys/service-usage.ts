import { PolicyStatement } from 'aws-cdk-lib/aws-iam'

/** Callers of one account, through one service in one Region. */
export interface ThroughService {
  /** Start of the statement ids: `Tables`. */
  readonly sid: string
  /** Prefix of the service's endpoint: `dynamodb`. */
  readonly service: string
  readonly account: string
  readonly region: string
  /** Encryption context the service sends, by key; values may hold wildcards. */
  readonly context: Readonly<Record<string, readonly string[]>>
  /** What callers may do. @default seal and open */
  readonly actions?: readonly string[]
}

/** Actions that only encrypt; a multipart upload to S3 needs more than these. */
export const sealing = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext']

/** Actions that encrypt and decrypt. */
export const sealingAndOpening = [...sealing, 'kms:Decrypt']

/**
 * Lets identities of the account use the key, as far as their own policies go, through one service and with that store's context only.
 * The grant that the service makes for itself must be for an AWS resource (AWS KMS Developer Guide, "AWS KMS condition keys").
 */
export function throughService({ sid, service, account, region, context, actions = sealingAndOpening }: ThroughService): PolicyStatement[] {
  const caller = { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.amazonaws.com` }
  const contexts = Object.fromEntries(Object.entries(context).map(([key, values]) => [`kms:EncryptionContext:${key}`, values]))
  const allow = (name: string, Action: readonly string[], Condition: object) =>
    PolicyStatement.fromJson({
      Sid: `${sid}${name}`,
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action,
      Resource: '*',
      Condition,
    })
  return [
    allow('UseWithTheirContext', actions, { StringEquals: caller, StringLike: contexts }),
    allow('AreDescribed', ['kms:DescribeKey'], { StringEquals: caller }),
    allow('GrantToTheirServiceOnly', ['kms:CreateGrant'], { StringEquals: caller, Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ]
}

/** Lets an AWS service use the key on its own behalf, for sources of one account. */
export const byService = (Sid: string, service: string, account: string): PolicyStatement =>
  PolicyStatement.fromJson({
    Sid,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  })

/**
 * Lets EventBridge leave events in encrypted dead-letter queues. Whether it says for whom it acts when a queue asks for the key is not documented, and for
 * encrypted topics it does not (Amazon SNS Developer Guide, "Enable compatibility between event sources from AWS services and encrypted topics"):
 * where it does, it must be this account. Which rules may send stands in each queue's policy.
 */
export const byRules = (Sid: string, account: string): PolicyStatement =>
  PolicyStatement.fromJson({
    Sid,
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition: { StringEqualsIfExists: { 'aws:SourceAccount': account } },
  })

/** Lets CloudWatch Logs encrypt the log groups under one prefix (CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS"). */
export function logGroups(account: string, region: string, logGroupPrefix: string): PolicyStatement {
  return PolicyStatement.fromJson({
    Sid: 'LogGroupsOfThisEnvironment',
    Effect: 'Allow',
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:DescribeKey',
    ],
    Resource: '*',
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:${logGroupPrefix}*` } },
  })
}
