import { CfnConfigurationRecorder, CfnDeliveryChannel } from 'aws-cdk-lib/aws-config'
import { CfnServiceLinkedRole } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { bucketName, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'

/**
 * Turns AWS Config on: every supported resource, global ones too, at every change; history and a snapshot every three hours go to the audit account.
 *
 * It records with its service-linked role, which Security Hub asks for (AWS Security Hub User Guide, control Config.1) and which no policy of ours
 * can widen. Config then delivers as the service `config.amazonaws.com`, so that the bucket and its key must let that service in, for this account
 * (AWS Config Developer Guide, "Permissions for the KMS Key for the AWS Config Delivery Channel"). The channel names no key: the bucket's default
 * encryption applies, and only a key ARN that the audit account's own stack knows would be accepted there for certain.
 */
export function configRecorder(scope: Construct, config: EnvironmentConfig): CfnConfigurationRecorder {
  const role = new CfnServiceLinkedRole(scope, 'ConfigRole', { awsServiceName: 'config.amazonaws.com' })
  const recorder = new CfnConfigurationRecorder(scope, 'ConfigRecorder', {
    name: nameOf(config, 'recorder'),
    roleArn: serviceLinkedRoleArn(config),
    recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    recordingMode: { recordingFrequency: 'CONTINUOUS' },
  })
  recorder.addResourceDependency(role)
  // Recorder and channel name no dependency on each other: CloudFormation starts the recorder once the channel is there, and the channel
  // cannot be made before the recorder (CloudFormation Template Reference, "AWS::Config::ConfigurationRecorder").
  const channel = new CfnDeliveryChannel(scope, 'ConfigDelivery', {
    name: nameOf(config, 'delivery'),
    s3BucketName: bucketName(config, 'config', 'audit'),
    configSnapshotDeliveryProperties: { deliveryFrequency: 'Three_Hours' },
  })
  channel.addResourceDependency(role)
  return recorder
}

const serviceLinkedRoleArn = ({ accounts }: EnvironmentConfig): string =>
  `arn:aws:iam::${accounts.workload}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`
