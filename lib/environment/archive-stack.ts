import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { nameOf } from '../config/names.ts'
import { archiveKeyUsage } from './audit/archive-key-policy.ts'
import { auditBucketArn, auditBuckets, investigatorArn } from './audit/archive-layout.ts'
import { accessLogPolicy, archivePolicy, configurationPolicy, readBy, resultsKeptBy } from './audit/archive-policy.ts'
import { Investigation } from './audit/investigation.ts'
import { CustomerKey } from './constructs/customer-key.ts'
import { AccessLogBucket, DeliveryBucket, LockedBucket } from './constructs/safe-bucket.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** Days that the result of a query is kept: it can be had again from the archive. */
const resultDays = 7

/** The locked archive of evidence, in an account that the workload cannot reach into, and what investigators read it with. */
export class ArchiveStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, {
      config,
      what: 'archive',
      description: 'the locked archive of evidence, and what investigators read it with.',
    })
    const key = new CustomerKey(this, 'EvidenceKey', {
      config,
      what: 'archive',
      description:
        'Encrypts the archive of evidence. Services encrypt with it as they deliver; only the investigator decrypts, through S3.',
      duty: 'audit',
      usage: archiveKeyUsage(config),
    })
    const common = { config, dataClass: 'audit-trail', duty: 'audit' } as const
    const keyed = { ...common, keyArn: key.arn, accessLogs: auditBuckets.accessLogs }
    const { auditDays } = config.retention
    const investigator = investigatorArn(config)

    const accessLogs = new AccessLogBucket(this, 'AccessLogs', { ...common, what: auditBuckets.accessLogs, expiresAfterDays: auditDays })
    const archive = new LockedBucket(this, 'Archive', { ...keyed, what: auditBuckets.archive, expiresAfterDays: auditDays })
    const history = new DeliveryBucket(this, 'Configuration', { ...keyed, what: auditBuckets.config, expiresAfterDays: auditDays })
    const results = new DeliveryBucket(this, 'Results', { ...keyed, what: auditBuckets.results, expiresAfterDays: resultDays })

    const arnOf = (bucket: keyof typeof auditBuckets) => auditBucketArn(config, bucket)
    govern(accessLogs, [accessLogPolicy(arnOf('accessLogs'), config.accounts.audit, nameOf(config, '*'))])
    govern(archive, archivePolicy(config))
    govern(history, [...configurationPolicy(config), ...readBy(investigator, arnOf('config'))])
    govern(results, [...readBy(investigator, arnOf('results')), ...resultsKeptBy(investigator, arnOf('results'))])
    // S3 refuses to log accesses to a bucket that is not there or does not let it write.
    for (const bucket of [archive, history, results]) bucket.node.addDependency(accessLogs)

    new Investigation(this, 'Investigation', config, key.arn)
  }
}

const govern = (bucket: Bucket, statements: readonly PolicyStatement[]): void => {
  for (const statement of statements) bucket.addToResourcePolicy(statement)
}
