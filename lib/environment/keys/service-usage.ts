import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { allow, identitiesOf } from '../constructs/resource-statements.ts'
import { sealingAndOpening, sealingOpeningAndMoving } from './actions.ts'

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

/**
 * Lets identities of the account use the key, as far as their own policies go, through one service and with that store's context only.
 * The grant that the service makes for itself must be for an AWS resource (AWS KMS Developer Guide, "AWS KMS condition keys").
 */
export function throughService({ sid, service, account, region, context, actions = sealingAndOpening }: ThroughService): PolicyStatement[] {
  const caller = { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.amazonaws.com` }
  const contexts = Object.fromEntries(Object.entries(context).map(([key, values]) => [`kms:EncryptionContext:${key}`, values]))
  const identities = identitiesOf(account)
  return [
    allow(`${sid}UseWithTheirContext`, identities, actions, { StringEquals: caller, StringLike: contexts }),
    allow(`${sid}AreDescribed`, identities, ['kms:DescribeKey'], { StringEquals: caller }),
    allow(`${sid}GrantToTheirServiceOnly`, identities, ['kms:CreateGrant'], {
      StringEquals: caller,
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    }),
  ]
}

/** Lets an AWS service use the key on its own behalf, for sources of one account. */
export const byService = (Sid: string, service: string, account: string): PolicyStatement =>
  allow(Sid, { Service: service }, ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'], {
    StringEquals: { 'aws:SourceAccount': account },
  })

/**
 * Lets EventBridge leave events in encrypted dead-letter queues. Whether it says for whom it acts when a queue asks for the key is not documented, and for
 * encrypted topics it does not (Amazon SNS Developer Guide, "Enable compatibility between event sources from AWS services and encrypted topics"):
 * where it does, it must be this account. Which rules may send stands in each queue's policy.
 */
export const byRules = (Sid: string, account: string): PolicyStatement =>
  allow(Sid, { Service: 'events.amazonaws.com' }, ['kms:Decrypt', 'kms:GenerateDataKey'], {
    StringEqualsIfExists: { 'aws:SourceAccount': account },
  })

/** Lets CloudWatch Logs encrypt the log groups under one prefix (CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS"). */
export const logGroups = (account: string, region: string, logGroupPrefix: string): PolicyStatement =>
  allow('LogGroupsOfThisEnvironment', { Service: `logs.${region}.amazonaws.com` }, [...sealingOpeningAndMoving, 'kms:DescribeKey'], {
    ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:${logGroupPrefix}*` },
  })
