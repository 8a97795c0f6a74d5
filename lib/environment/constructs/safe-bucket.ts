import { Duration, Validations } from 'aws-cdk-lib'
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { bucketName, type Duty } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { DataClass } from '../../gate/assembly/facts.ts'
import { removalPolicy } from '../removal.ts'
import { classify } from './classify.ts'

/** What every bucket needs. */
export interface SafeBucketProps {
  readonly config: EnvironmentConfig
  /** What it holds; part of its name: `archive`. */
  readonly what: string
  /** How sensitive that is. */
  readonly dataClass: DataClass
  /** The account it stands in. */
  readonly duty: Duty
  /** Days after which an object goes. @default objects stay */
  readonly expiresAfterDays?: number
}

/** What a bucket under a customer managed key needs. */
export interface KeyedBucketProps extends SafeBucketProps {
  /** ARN of the key objects are encrypted with. */
  readonly keyArn: string
  /** What the bucket in the same account and Region that takes its server access logs is called: `access-logs`. */
  readonly accessLogs: string
}

/** A bucket under a customer managed key: versioned, TLS 1.2 only, closed to the public, access control lists off, accesses logged. */
abstract class KeyedBucket extends Bucket {
  constructor(scope: Construct, id: string, { keyArn, accessLogs, ...props }: KeyedBucketProps, more: BucketProps = {}) {
    super(scope, id, {
      ...more,
      ...fixed(props),
      encryption: BucketEncryption.KMS,
      encryptionKey: Key.fromKeyArn(scope, `${id}Key`, keyArn),
      bucketKeyEnabled: true,
      serverAccessLogsBucket: Bucket.fromBucketName(scope, `${id}AccessLogs`, bucketName(props.config, accessLogs, props.duty)),
      serverAccessLogsPrefix: `${props.what}/`,
    })
    onlyOverTls(this)
    classify(this, props.dataClass)
    // The target is named and not imported as a construct, so the library cannot write its policy; the stack that holds it does.
    Validations.of(this).acknowledge({
      id: 'Annotation::@aws-cdk/aws-s3:accessLogsPolicyNotAdded',
      reason: 'The stack of the target bucket writes its policy.',
    })
  }
}

/** The last resting place of evidence: what is written here cannot be changed or removed before the lock ends (S3 Object Lock). */
export class LockedBucket extends KeyedBucket {
  constructor(scope: Construct, id: string, props: KeyedBucketProps) {
    const { mode, days } = props.config.lock
    const period = Duration.days(days)
    super(scope, id, props, {
      objectLockEnabled: true,
      objectLockDefaultRetention: mode === 'compliance' ? ObjectLockRetention.compliance(period) : ObjectLockRetention.governance(period),
    })
  }
}

/**
 * A bucket a service delivers to or a query writes its result in. It has no default retention: AWS Config refuses such a bucket
 * (AWS Config Developer Guide, "Permissions for the Amazon S3 Bucket").
 */
export class DeliveryBucket extends KeyedBucket {}

/** A bucket of patient data. Its objects are sealed before they come here; the bucket's key is a second wall. */
export class PatientDataBucket extends KeyedBucket {}

/**
 * The target of server access logs in its account and Region. It is encrypted with S3's own keys, because the log delivery service
 * accepts nothing else (Amazon S3 User Guide, "Enabling Amazon S3 server access logging").
 */
export class AccessLogBucket extends Bucket {
  constructor(scope: Construct, id: string, props: SafeBucketProps) {
    super(scope, id, { ...fixed(props), encryption: BucketEncryption.S3_MANAGED })
    onlyOverTls(this)
    classify(this, props.dataClass)
  }
}

// The library's own statements would say the same without a sid.
function onlyOverTls(bucket: Bucket): void {
  const everything = {
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:*'],
    resources: [bucket.bucketArn, bucket.arnForObjects('*')],
  }
  bucket.addToResourcePolicy(
    new PolicyStatement({ ...everything, sid: 'NobodyWithoutTls', conditions: { Bool: { 'aws:SecureTransport': 'false' } } }),
  )
  bucket.addToResourcePolicy(
    new PolicyStatement({ ...everything, sid: 'NobodyBelowTls12', conditions: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
  )
}

const fixed = ({ config, what, duty, expiresAfterDays }: SafeBucketProps): BucketProps => ({
  bucketName: bucketName(config, what, duty),
  versioned: true,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: removalPolicy(config),
  lifecycleRules: [
    { id: 'abort-incomplete-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ...(expiresAfterDays === undefined
      ? []
      : [
          { id: 'expire', expiration: Duration.days(expiresAfterDays), noncurrentVersionExpiration: Duration.days(1) },
          { id: 'expire-delete-markers', expiredObjectDeleteMarker: true },
        ]),
  ],
})
