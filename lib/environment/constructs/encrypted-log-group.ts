import { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { logGroupName } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { DataClass } from '../../gate/assembly/facts.ts'
import { removalPolicy } from '../removal.ts'
import { classify } from './classify.ts'

/** What a log group needs. */
export interface EncryptedLogGroupProps {
  readonly config: EnvironmentConfig
  /** Last part of its name: `trail` for `/safe-harbor/sandbox/trail`. */
  readonly what: string
  /** ARN of the audit key. */
  readonly auditKeyArn: string
  /** @default operational */
  readonly dataClass?: DataClass
  /** Whole name, where the service that writes prescribes it; the policy of the audit key must know it. @default made of `what` */
  readonly prescribedName?: string
}

/** A log group under the audit key that keeps its events for as long as the configuration says. */
export class EncryptedLogGroup extends Construct {
  /** Name of the log group, known at synthesis. */
  readonly logGroupName: string
  /** ARN as CloudFormation gives it, ending in `:*`. */
  readonly logGroupArn: string
  readonly resource: CfnLogGroup

  constructor(
    scope: Construct,
    id: string,
    { config, what, auditKeyArn, dataClass = 'operational', prescribedName }: EncryptedLogGroupProps,
  ) {
    super(scope, id)
    this.logGroupName = prescribedName ?? logGroupName(config, what)
    this.resource = new CfnLogGroup(this, 'Resource', {
      logGroupName: this.logGroupName,
      kmsKeyId: auditKeyArn,
      retentionInDays: config.retention.logDays,
    })
    this.resource.applyRemovalPolicy(removalPolicy(config))
    this.logGroupArn = this.resource.attrArn
    classify(this.resource, dataClass)
  }
}
