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

/** Lets CloudWatch Logs encrypt the log groups under some prefixes (CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS"). */
export const logGroups = (account: string, region: string, prefixes: readonly string[]): PolicyStatement =>
  allow('LogGroupsOfThisEnvironment', { Service: `logs.${region}.amazonaws.com` }, [...sealingOpeningAndMoving, 'kms:DescribeKey'], {
    ArnLike: {
      'kms:EncryptionContext:aws:logs:arn': prefixes.map((prefix) => `arn:aws:logs:${region}:${account}:log-group:${prefix}*`),
    },
  })

/**
 * Lets Cognito keep user pools under the key: through Cognito for whoever makes a pool, and by Cognito itself for people who sign in, who are nobody to IAM. Which
 * context it sends is not documented, so that the account and the service are all that is asked (Amazon Cognito Developer Guide, "Data protection in Amazon Cognito").
 */
export function userPools(account: string, region: string): PolicyStatement[] {
  const through = { 'kms:CallerAccount': account, 'kms:ViaService': `cognito-idp.${region}.amazonaws.com` }
  const actions = [...sealingOpeningAndMoving, 'kms:DescribeKey']
  return [
    allow('UserPoolsUseThroughCognito', identitiesOf(account), actions, { StringEquals: through }),
    allow('UserPoolsGrantToCognitoOnly', identitiesOf(account), ['kms:CreateGrant'], {
      StringEquals: through,
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    }),
    allow('CognitoUsesForOurPools', { Service: 'cognito-idp.amazonaws.com' }, actions, { StringEquals: { 'aws:SourceAccount': account } }),
  ]
}
