import { coversAction } from '../../access/actions.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isMap, isTrue, Reference, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { attachedTo, statementsAttached } from './s3-attached-policies.ts'
import { accessLogWriter } from './s3-log-target.ts'
import { audit } from './safeguards.ts'

const type = 'AWS::S3::Bucket'
const destination = 'LoggingConfiguration.DestinationBucketName'
const logging = (LoggingConfiguration: Readonly<Record<string, unknown>>) => ({ Type: type, Properties: { LoggingConfiguration } })
const toLogs = logging({ DestinationBucketName: { Ref: 'Logs' }, LogFilePrefix: 'data/' })
const logs = { Type: type }
const grant = {
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: 'Logs' },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: { 'Fn::Sub': '${Logs.Arn}/*' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    },
  },
}

const logged: ResourceControl = {
  ...audit,
  severity: 'medium',
  id: 's3-bucket-access-logging',
  title: 'S3 buckets keep a log of access to them',
  why: 'When data was taken, the access log says which objects, by whom and from where. Without it the breach has to be reported for all of them.',
  remedy: 'Set LoggingConfiguration.DestinationBucketName to a bucket of logs.',
  types: [type],
  judge: (bucket, deployment) => {
    const configuration = bucket.get('LoggingConfiguration')
    if (configuration instanceof Unknown) return undecided('LoggingConfiguration', configuration.reason)
    if (isMap(configuration) && Object.keys(configuration).length > 0) return pass('LoggingConfiguration', configuration)
    // A log of the access to a log would never end.
    const writer = accessLogWriter(bucket, deployment)
    return writer === undefined ? fail('LoggingConfiguration', configuration) : pass(`receives the access log of ${writer.logicalId}`, true)
  },
  passing: { Data: toLogs, Logs: logs },
  failing: { Data: { Type: type } },
}

const logsElsewhere: ResourceControl = {
  ...audit,
  severity: 'low',
  id: 's3-bucket-access-log-elsewhere',
  title: 'S3 buckets keep their access log in another bucket',
  why: 'A bucket that logs to itself logs its logs without end, and who may delete its objects may delete the traces.',
  remedy: 'Set LoggingConfiguration.DestinationBucketName to another bucket.',
  types: [type],
  judge: (bucket, deployment) => {
    const configuration = bucket.get('LoggingConfiguration')
    if (!isMap(configuration) || Object.keys(configuration).length === 0) return undefined
    const target = configuration['DestinationBucketName']
    if (target instanceof Unknown) return target.parameter === undefined ? undecided(destination, target.reason) : pass(destination, target)
    return target === undefined || deployment.names(target, bucket) ? fail(destination, target) : pass(destination, target)
  },
  passing: { Data: toLogs, Logs: logs },
  failing: { Data: logging({ LogFilePrefix: 'own/' }) },
}

/** The bucket of the deployment that a bucket logs to; undefined for one from elsewhere. */
const targetOf = (bucket: Resource, deployment: Deployment): Resource | undefined => {
  const value = bucket.get(destination)
  const buckets = deployment.ofType(type)
  const target = deployment.resourceOf(value)
  if (value instanceof Reference) return target !== bucket ? buckets.find((other) => other === target) : undefined
  return value === undefined ? undefined : buckets.find((other) => other !== bucket && deployment.names(value, other))
}

function takesLogs(target: Resource, deployment: Deployment): Outcome {
  if (target.get('AccessControl') === 'LogDeliveryWrite') return pass(`AccessControl of ${target.logicalId}`, 'LogDeliveryWrite')
  const { statements, unknown } = statementsAttached(target, deployment)
  const property = `bucket policy of ${target.logicalId}`
  const granted = statements.find(
    ({ effect, principals, actions }) =>
      effect === 'Allow' && principals?.services.includes('logging.s3.amazonaws.com') === true && coversAction(actions, 's3:PutObject'),
  )
  if (granted !== undefined) return pass(property, granted.sid ?? `Statement.${granted.index}`)
  if (unknown.length > 0 || attachedTo(target, deployment).possible.length > 0)
    return undecided(property, unknown[0] ?? 'a policy may belong to it')
  return fail(property, undefined, `${target.logicalId} does not let the logging service of S3 write to it, so that no log arrives.`)
}

const logsArrive: ResourceControl = {
  ...audit,
  severity: 'medium',
  id: 's3-bucket-access-log-arrives',
  title: 'Buckets for the access logs of S3 let them be delivered',
  why: 'S3 does not complain when it may not write the log: the log is simply missing on the day it is needed.',
  remedy: 'Allow s3:PutObject to logging.s3.amazonaws.com in the policy of the bucket of logs.',
  types: [type],
  judge: (bucket, deployment) => {
    const target = targetOf(bucket, deployment)
    return target === undefined ? undefined : takesLogs(target, deployment)
  },
  passing: { Data: toLogs, Logs: logs, Grant: grant },
  failing: { Data: toLogs, Logs: logs },
}

const targetUnlocked: ResourceControl = {
  ...audit,
  severity: 'medium',
  id: 's3-bucket-access-log-target-unlocked',
  title: 'Buckets for the access logs of S3 have no Object Lock',
  why: 'S3 delivers no access log to a bucket with Object Lock, and says nothing about it.',
  remedy: 'Log to a bucket without ObjectLockEnabled, and copy the logs to a locked one.',
  types: [type],
  judge: (bucket, deployment) => {
    const target = targetOf(bucket, deployment)
    if (target === undefined) return undefined
    const value = target.get('ObjectLockEnabled')
    const property = `ObjectLockEnabled of ${target.logicalId}`
    if (value instanceof Unknown) return undecided(property, value.reason)
    return isTrue(value) ? fail(property, value) : pass(property, value)
  },
  passing: { Data: toLogs, Logs: logs },
  failing: { Data: toLogs, Logs: { Type: type, Properties: { ObjectLockEnabled: true } } },
}

/** Controls on the access logs of S3 buckets. */
export const s3BucketLoggingControls: readonly ResourceControl[] = [logged, logsElsewhere, logsArrive, targetUnlocked]
