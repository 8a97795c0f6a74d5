import { bucketName, nameOf, roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { networkLogPrefixes } from '../network/network-logs.ts'

/** Folders of the archive, one for each kind of evidence. */
export const archivePrefixes = { trail: 'trail', ...networkLogPrefixes, ledger: 'ledger' } as const

/** Buckets of the audit account. The name of the access log bucket is short because a bucket name has at most 63 characters. */
export const auditBuckets = {
  archive: 'archive',
  config: 'config',
  results: 'athena-results',
  accessLogs: 'archive-access',
} as const

/** ARN of a bucket of the audit account. */
export const auditBucketArn = (config: EnvironmentConfig, bucket: keyof typeof auditBuckets): string =>
  `arn:aws:s3:::${bucketName(config, auditBuckets[bucket], 'audit')}`

/** Name of the trail. */
export const trailName = (config: EnvironmentConfig): string => nameOf(config, 'trail')

/** Accounts whose trails come here: each account of the environment once, the workload's first. */
export const trailAccounts = ({ accounts: { workload, audit, recovery } }: EnvironmentConfig): string[] => [
  ...new Set([workload, audit, recovery]),
]

/** ARNs of the trails: what CloudTrail says it acts for, whichever Region an event is from. */
export const trailArns = (config: EnvironmentConfig): string[] =>
  trailAccounts(config).map((account) => `arn:aws:cloudtrail:${config.regions.primary}:${account}:trail/${trailName(config)}`)

/** ARNs that log delivery acts for: the flow logs and resolver query logs of the workload account in its Region. */
export const logDeliveryArns = (config: EnvironmentConfig): string => `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:*`

/** The one role that writes checkpoints of the access ledger into the archive. */
export const checkpointRoleArn = (config: EnvironmentConfig): string => roleArn(config, 'workload', 'ledger-checkpoint')

/** The one role that reads the archive. */
export const investigatorArn = (config: EnvironmentConfig): string => roleArn(config, 'audit', 'investigator')
