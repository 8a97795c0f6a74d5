import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { pass, type ResourceControl } from '../control.ts'

/** Where resources name the bucket that services write access logs to without a KMS key of the bucket's owner. */
const namings = [
  ['AWS::S3::Bucket', 'LoggingConfiguration.DestinationBucketName'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerAttributes.*.Value'],
  ['AWS::ElasticLoadBalancing::LoadBalancer', 'AccessLoggingPolicy.S3BucketName'],
] as const

/**
 * The resource that writes access logs to a bucket; undefined where none of the deployment does.
 *
 * S3 and load balancers deliver access logs only to buckets with the encryption of S3 itself, and S3 none to a bucket with Object Lock
 * ("Enabling Amazon S3 server access logging" and "Object Lock considerations", Amazon S3 User Guide; "Access logs for your
 * Application Load Balancer").
 */
export function accessLogWriter(bucket: Resource, deployment: Deployment): Resource | undefined {
  return namings.flatMap(([type, path]) => deployment.referring(bucket, type, path).certain).find((writer) => writer !== bucket)
}

/** Makes a control pass for buckets of access logs, which cannot have what it asks for. */
export const unlessLogTarget = (control: ResourceControl): ResourceControl => ({
  ...control,
  judge: (resource, deployment) =>
    accessLogWriter(resource, deployment) === undefined ? control.judge(resource, deployment) : pass('receives access logs', true),
})

/**
 * Makes a control on ACLs pass for buckets that logs can be delivered to by ACL alone: those of CloudFront's standard logs, and those
 * that have the ACL for log delivery ("Configure standard logging (legacy)", Amazon CloudFront Developer Guide).
 */
export const unlessLogsNeedAcls = (control: ResourceControl): ResourceControl => ({
  ...control,
  judge: (resource, deployment) => {
    if (resource.get('AccessControl') === 'LogDeliveryWrite') return pass('AccessControl', 'LogDeliveryWrite')
    const [distribution] = deployment.referring(resource, 'AWS::CloudFront::Distribution', 'DistributionConfig.Logging.Bucket').certain
    return distribution === undefined ? control.judge(resource, deployment) : pass(`receives the log of ${distribution.logicalId}`, true)
  },
})
