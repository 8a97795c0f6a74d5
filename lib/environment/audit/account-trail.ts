import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail'
import { Construct } from 'constructs'
import { bucketName, keyAlias } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { archivePrefixes, auditBucketArn, auditBuckets, trailName } from './archive-layout.ts'

/**
 * The trail of an account that holds evidence or copies and runs nothing: every management event of every Region, and every read of the archive, validated, into
 * the locked archive. Nobody works there, so it has no log group and no alarms; the rule pack's finding on that is accepted for this class alone.
 */
export class AccountTrail extends Construct {
  constructor(scope: Construct, id: string, config: EnvironmentConfig) {
    super(scope, id)
    const equals = (field: string, value: string): CfnTrail.AdvancedFieldSelectorProperty => ({ field, equalTo: [value] })
    new CfnTrail(this, 'Trail', {
      trailName: trailName(config),
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: bucketName(config, auditBuckets.archive, 'audit'),
      s3KeyPrefix: archivePrefixes.trail,
      // By alias: the key may stand in another account, which shares no reference with this one.
      kmsKeyId: `arn:aws:kms:${config.regions.primary}:${config.accounts.audit}:${keyAlias(config, 'archive')}`,
      advancedEventSelectors: [
        { name: 'Every management event, reads included', fieldSelectors: [equals('eventCategory', 'Management')] },
        {
          // Deliveries are writes: were they recorded, each would be followed by another.
          name: 'Every read of the archive',
          fieldSelectors: [
            equals('eventCategory', 'Data'),
            equals('resources.type', 'AWS::S3::Object'),
            { field: 'resources.ARN', startsWith: [`${auditBucketArn(config, 'archive')}/`] },
            equals('readOnly', 'true'),
          ],
        },
      ],
    })
  }
}
