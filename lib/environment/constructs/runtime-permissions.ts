import { ArnFormat, Stack } from 'aws-cdk-lib'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { EncryptedLogGroup } from './encrypted-log-group.ts'
import type { Permission } from './least-policy.ts'

/** The function that is to be run, and what it writes to. */
export interface RuntimeOf {
  readonly scope: Construct
  readonly config: EnvironmentConfig
  /** Name of the function. */
  readonly what: string
  readonly logs: EncryptedLogGroup
  readonly deadLetters: Queue
  /** ARN of the key of the dead-letter queue. */
  readonly queueKeyArn: string
}

/** What the Lambda service needs to run a function in the network, whatever the function does. */
export const runtimePermissions = ({ scope, config, what, logs, deadLetters, queueKeyArn }: RuntimeOf): Permission[] => [
  {
    sid: 'ManageOwnNetworkInterfaces',
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: [
      {
        matching: '*',
        because:
          'The Lambda service manages interfaces with the role; these actions take no narrower resource before the interface exists (AWS Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC").',
      },
    ],
  },
  {
    // The code itself needs no interface: only the Lambda service may use the statement above (same page, "Security best practices").
    sid: 'DenyNetworkInterfacesToCode',
    effect: 'Deny',
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DetachNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
    conditions: { ArnEquals: { 'lambda:SourceFunctionArn': [ownArn(scope, config, what)] } },
  },
  {
    sid: 'WriteOwnLogs',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [{ matching: logs.logGroupArn, because: "The log streams of the function's own log group." }],
  },
  {
    sid: 'WriteTraces',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: [{ matching: '*', because: 'X-Ray knows no resources for these actions (Service Authorization Reference).' }],
  },
  { sid: 'SendDeadLetters', actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] },
  {
    sid: 'EncryptDeadLetters',
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: [queueKeyArn],
    conditions: { StringEquals: { 'kms:ViaService': `sqs.${config.regions.primary}.amazonaws.com` } },
  },
]

const ownArn = (scope: Construct, config: EnvironmentConfig, what: string): string =>
  Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: nameOf(config, what),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })
