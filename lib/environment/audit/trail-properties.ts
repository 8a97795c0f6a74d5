import type { CfnTrailProps } from 'aws-cdk-lib/aws-cloudtrail'
import { bucketName, keyAlias } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { archivePrefixes, auditBuckets, trailName } from './archive-layout.ts'

/** What every trail of the environment has in common: all Regions, validated, under the archive key, into the locked archive of the audit account. */
export const trailProperties = (config: EnvironmentConfig) =>
  ({
    trailName: trailName(config),
    isLogging: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    s3BucketName: bucketName(config, auditBuckets.archive, 'audit'),
    s3KeyPrefix: archivePrefixes.trail,
    // By alias: the key may stand in another account, which shares no reference with this one.
    kmsKeyId: `arn:aws:kms:${config.regions.primary}:${config.accounts.audit}:${keyAlias(config, 'archive')}`,
  }) as const satisfies CfnTrailProps
