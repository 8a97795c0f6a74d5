import { Stack } from 'aws-cdk-lib'
import { PolicyDocument, type PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import { type Duty, keyAlias } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { administrationStatements } from '../keys/administration.ts'
import { removalPolicy } from '../removal.ts'

/** What a key may choose. Rotation, deletion window and administration are the same for all. */
export interface CustomerKeyProps {
  readonly config: EnvironmentConfig
  /** Name of the key; its alias is `alias/safe-harbor-sandbox-<what>`. */
  readonly what: string
  /** One sentence for the KMS console: what it encrypts, and who may use it. */
  readonly description: string
  /** The account the key stands in. */
  readonly duty: Duty
  /** Who may use the key, for what. Administration is added. */
  readonly usage: readonly PolicyStatement[]
  /** Whether replicas in other Regions are possible. It cannot be changed later. @default false */
  readonly multiRegion?: boolean
}

/**
 * A customer managed key: rotated every year, deleted after 30 days at the earliest, administered by the custodian, its policy changed only by
 * the CloudFormation role of the foundation path. The construct library's own key is not used: its grants would write into this policy.
 */
export class CustomerKey extends Construct {
  readonly arn: string
  readonly resource: CfnKey

  constructor(scope: Construct, id: string, { config, what, description, duty, usage, multiRegion = false }: CustomerKeyProps) {
    super(scope, id)
    const { region } = Stack.of(this)
    this.resource = new CfnKey(this, 'Resource', {
      description,
      enableKeyRotation: true,
      pendingWindowInDays: 30,
      multiRegion,
      keyPolicy: new PolicyDocument({ statements: [...administrationStatements(config, duty, region), ...usage] }),
    })
    this.resource.applyRemovalPolicy(removalPolicy(config))
    this.arn = this.resource.attrArn
    new CfnAlias(this, 'Alias', { aliasName: keyAlias(config, what), targetKeyId: this.resource.ref })
  }
}
