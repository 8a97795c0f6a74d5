import { CfnAccount } from 'aws-cdk-lib/aws-apigateway'
import { CfnRole } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { nameOf } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { LeastPolicy } from '../../constructs/least-policy.ts'

/**
 * The role that API Gateway writes its logs with: one setting for all APIs of an account and Region, which a second one would replace (AWS CloudFormation Template
 * Reference, AWS::ApiGateway::Account). Where the account has one, it is adopted.
 */
export function gatewayLogRole(scope: Construct, config: EnvironmentConfig): CfnAccount {
  const what = 'gateway-log'
  const policy = new LeastPolicy(scope, 'LogPolicy', {
    name: nameOf(config, what),
    description: 'Lets API Gateway write its logs.',
    permissions: [
      {
        sid: 'WriteGatewayLogs',
        actions: [
          'logs:CreateLogGroup',
          'logs:CreateLogStream',
          'logs:DescribeLogGroups',
          'logs:DescribeLogStreams',
          'logs:FilterLogEvents',
          'logs:GetLogEvents',
          'logs:PutLogEvents',
        ],
        resources: [
          {
            matching: '*',
            because:
              'API Gateway refuses a role that lacks any of these on any log group (API Gateway Developer Guide, "Permissions for CloudWatch logging").',
          },
        ],
      },
    ],
  })
  const role = new CfnRole(scope, 'LogRole', {
    roleName: nameOf(config, what),
    description: 'Held by API Gateway, to write its logs.',
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'ApiGateway', Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    managedPolicyArns: [policy.managedPolicyArn],
  })
  return new CfnAccount(scope, 'Account', { cloudWatchRoleArn: role.attrArn })
}
