import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail'
import { Construct } from 'constructs'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { auditBucketArn } from './archive-layout.ts'
import { trailProperties } from './trail-properties.ts'

/**
 * The trail of an account that holds evidence or copies and runs nothing: every management event of every Region, and every read of the archive, validated, into
 * the locked archive. Nobody works there, so it has no log group and no alarms; the rule pack's finding on that is accepted for this class alone.
 */
export class AccountTrail extends Construct {
  constructor(scope: Construct, id: string, config: EnvironmentConfig) {
    super(scope, id)
    const equals = (field: string, value: string): CfnTrail.AdvancedFieldSelectorProperty => ({ field, equalTo: [value] })
    new CfnTrail(this, 'Trail', {
      ...trailProperties(config),
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
