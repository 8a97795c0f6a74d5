import { Stack } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2'
import { describe, test } from 'vitest'
import { LeastFunction } from '../../../lib/environment/constructs/least-function.ts'
import { openApp } from '../../../lib/environment/synthesize.ts'
import { exampleTrial as config } from '../../config/example-environments.ts'
import { testContext } from '../synthesized.ts'

const template = functionTemplate()

function functionTemplate(): Template {
  const stack = new Stack(openApp({ context: testContext }), 'stack', {
    env: { account: config.accounts.workload, region: config.regions.primary },
  })
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['us-east-1a'],
    isolatedSubnetIds: ['subnet-1'],
  }) as IVpc
  new LeastFunction(stack, 'Probe', {
    config,
    what: 'probe',
    description: 'Looks.',
    entry: 'lambda/detection/alert/handler.ts',
    environment: { TABLE: 'one' },
    permissions: [{ sid: 'Look', actions: ['dynamodb:GetItem'], resources: ['arn:aws:dynamodb:us-east-1:111122223333:table/one'] }],
    concurrency: 2,
    network: { vpc, endpointSecurityGroupId: 'sg-endpoints' },
    auditKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/audit',
    queueKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/queue',
  })
  return Template.fromStack(stack)
}

describe('A least function', () => {
  test('runs in the isolated network, traced, limited, with a dead-letter queue', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'safe-harbor-sandbox-probe',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      ReservedConcurrentExecutions: 2,
      TracingConfig: { Mode: 'Active' },
      DeadLetterConfig: { TargetArn: Match.anyValue() },
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: Match.anyValue() },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: '/safe-harbor/sandbox/probe' },
    })
  })

  test('writes logs under the audit key, kept as long as the configuration says', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/safe-harbor/sandbox/probe',
      KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/audit',
      RetentionInDays: 7,
    })
  })

  test('has a role of its own with customer managed policies and no inline one', () => {
    template.resourceCountIs('AWS::IAM::Role', 1)
    template.resourceCountIs('AWS::IAM::Policy', 0)
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 2)
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'safe-harbor-sandbox-probe', Policies: Match.absent() })
  })

  test('reaches nothing but the endpoints: HTTPS to their security group and to the two prefix lists', () => {
    const https = { FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [
        { ...https, DestinationSecurityGroupId: 'sg-endpoints' },
        { ...https, DestinationPrefixListId: 'pl-02cd2c6b' },
        { ...https, DestinationPrefixListId: 'pl-63a5400a' },
      ],
    })
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0)
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0)
  })

  test('cannot use its network interface permissions from its own code', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'DenyNetworkInterfacesToCode',
            Effect: 'Deny',
            Condition: {
              ArnEquals: { 'lambda:SourceFunctionArn': ['arn:aws:lambda:us-east-1:111122223333:function:safe-harbor-sandbox-probe'] },
            },
          }),
        ]),
      },
    })
  })

  test('keeps dead letters 14 days, encrypted, over TLS only', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'safe-harbor-sandbox-probe-dead-letters',
      MessageRetentionPeriod: 1_209_600,
      KmsMasterKeyId: 'arn:aws:kms:us-east-1:111122223333:key/queue',
    })
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]),
      },
    })
  })

  test.each(['probe-errors', 'probe-dead-letters'])('rings the alarm %s', (what) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: `safe-harbor-sandbox-${what}`,
      AlarmDescription: Match.stringLikeRegexp(`Runbook: https://github.com/example/safe-harbor#${what}$`),
      AlarmActions: ['arn:aws:sns:us-east-1:111122223333:safe-harbor-sandbox-alerts'],
      OKActions: ['arn:aws:sns:us-east-1:111122223333:safe-harbor-sandbox-alerts'],
    })
  })
})
