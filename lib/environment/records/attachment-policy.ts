import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { bucketName } from '../../config/names.ts'
import { recordsAreWritable } from '../../config/phases.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { denyOn } from '../constructs/resource-statements.ts'
import { callerArns } from './listed-callers.ts'

const reading = [
  's3:GetObject',
  's3:GetObjectAcl',
  's3:GetObjectAttributes',
  's3:GetObjectTagging',
  's3:GetObjectVersion',
  's3:GetObjectVersionAcl',
  's3:GetObjectVersionAttributes',
  's3:GetObjectVersionTagging',
  's3:ListMultipartUploadParts',
]
const writing = [
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:DeleteObjectTagging',
  's3:DeleteObjectVersion',
  's3:DeleteObjectVersionTagging',
  's3:PutObject',
  's3:PutObjectTagging',
  's3:PutObjectVersionTagging',
  's3:RestoreObject',
]
const listing = ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions']

/**
 * What nobody may do with the objects of the attachment bucket, whatever an identity policy says. It grants nothing and leaves the
 * bucket's settings alone, so that CloudFormation and AWS Backup work as before.
 *
 * @param vpcEndpointId id of the network's S3 endpoint
 */
export function attachmentPolicy(config: EnvironmentConfig, vpcEndpointId: string): PolicyStatement[] {
  const bucket = `arn:aws:s3:::${bucketName(config, 'attachments', 'workload')}`
  const objects = `${bucket}/*`
  const everything = [...reading, ...writing, ...listing]
  return [
    denyOn('NobodyFromOutsideTheNetwork', everything, [bucket, objects], {
      StringNotEquals: { 'aws:SourceVpce': vpcEndpointId },
      BoolIfExists: { 'aws:ViaAWSService': 'false', 'aws:PrincipalIsAWSService': 'false' },
      ArnNotEquals: { 'aws:PrincipalArn': callerArns(config, 'attachments') },
    }),
    denyOn('NobodyFromAnotherAccount', everything, [bucket, objects], {
      StringNotEquals: { 'aws:PrincipalAccount': config.accounts.workload },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
    ...(recordsAreWritable(config.phase) ? [] : [denyOn('NobodyWritesInThisPhase', writing, objects)]),
  ]
}
