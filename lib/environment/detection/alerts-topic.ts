import type { IRole } from 'aws-cdk-lib/aws-iam'
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { classify } from '../constructs/classify.ts'

/** What the topic of alerts needs. */
export interface AlertsTopicProps {
  readonly config: EnvironmentConfig
  /** ARN of the key it is encrypted with. */
  readonly keyArn: string
  /** Role of the alert function, the one identity that may publish. */
  readonly teller: IRole
}

/** The topic that alerts and alarms go to, encrypted, read by the security team. Nobody but the alert function and our alarms can write to it: an intruder could bury an alert under others. */
export function alertsTopic(scope: Construct, { config, keyArn, teller }: AlertsTopicProps): CfnTopic {
  const topic = new CfnTopic(scope, 'Alerts', { topicName: nameOf(config, 'alerts'), kmsMasterKeyId: keyArn })
  classify(topic, 'operational')
  new CfnTopicPolicy(scope, 'AlertsPolicy', { topics: [topic.ref], policyDocument: policyOf(config, topic.ref, teller.roleArn) })
  new CfnSubscription(scope, 'SecurityTeam', { topicArn: topic.ref, protocol: 'email', endpoint: config.contacts.security })
  return topic
}

const policyOf = (config: EnvironmentConfig, topic: string, teller: string): object => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'AlertFunctionTells', Effect: 'Allow', Principal: { AWS: teller }, Action: 'sns:Publish', Resource: topic },
    {
      Sid: 'AlarmsOfThisEnvironmentTell',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topic,
      Condition: {
        StringEquals: { 'aws:SourceAccount': config.accounts.workload },
        ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:*:${config.accounts.workload}:alarm:${nameOf(config, '*')}` },
      },
    },
    {
      Sid: 'NobodyElseTells',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sns:Publish',
      Resource: topic,
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': teller }, Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    },
    {
      Sid: 'NobodyTellsWithoutTls',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sns:Publish',
      Resource: topic,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
})
