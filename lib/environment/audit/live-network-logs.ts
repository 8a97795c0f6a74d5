import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2'
import { PrincipalWithConditions, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnResourcePolicy } from 'aws-cdk-lib/aws-logs'
import { CfnResolverQueryLoggingConfig, CfnResolverQueryLoggingConfigAssociation } from 'aws-cdk-lib/aws-route53resolver'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts'
import { LeastPolicy } from '../constructs/least-policy.ts'
import { flowLogFields } from '../network/network-logs.ts'
import { logDeliveryArns } from './archive-layout.ts'

/** What the live logs need. */
export interface LiveNetworkLogsProps {
  readonly config: EnvironmentConfig
  readonly vpcId: string
  readonly auditKeyArn: string
}

/**
 * Flows and DNS questions of the network within minutes, in log groups that alarms and detectors watch. The archive gets its own copy from the
 * network stack: a VPC takes several flow logs, and one query log for each kind of destination.
 */
export class LiveNetworkLogs extends Construct {
  /** Names of the log groups. */
  readonly logGroupNames: { readonly flows: string; readonly queries: string }

  constructor(scope: Construct, id: string, props: LiveNetworkLogsProps) {
    super(scope, id)
    const { config, auditKeyArn } = props
    const flows = new EncryptedLogGroup(this, 'Flows', { config, what: 'flow-logs', auditKeyArn, dataClass: 'audit-trail' })
    const queries = new EncryptedLogGroup(this, 'Queries', { config, what: 'dns-logs', auditKeyArn, dataClass: 'audit-trail' })
    this.logGroupNames = { flows: flows.logGroupName, queries: queries.logGroupName }
    flowLog(this, props, flows)
    queryLog(this, props, queries)
  }
}

function flowLog(scope: Construct, { config, vpcId }: LiveNetworkLogsProps, logs: EncryptedLogGroup): void {
  const role = flowLogRole(scope, config, logs.logGroupName)
  new CfnFlowLog(scope, 'FlowLog', {
    resourceType: 'VPC',
    resourceId: vpcId,
    trafficType: 'ALL',
    maxAggregationInterval: 60,
    logDestinationType: 'cloud-watch-logs',
    logGroupName: logs.resource.ref,
    deliverLogsPermissionArn: role.roleArn,
    logFormat: flowLogFields.map((field) => `\${${field}}`).join(' '),
    tags: [{ key: 'Name', value: nameOf(config, 'live') }],
  })
}

// Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs"; the log group exists, so nothing has to be created or looked for.
function flowLogRole(scope: Construct, config: EnvironmentConfig, logGroup: string): Role {
  const { accounts, regions } = config
  const name = nameOf(config, 'flow-log-delivery')
  return new Role(scope, 'FlowLogRole', {
    roleName: name,
    description: 'VPC Flow Logs delivers to its log group with this role.',
    assumedBy: new PrincipalWithConditions(new ServicePrincipal('vpc-flow-logs.amazonaws.com'), {
      StringEquals: { 'aws:SourceAccount': accounts.workload },
      ArnLike: { 'aws:SourceArn': `arn:aws:ec2:${regions.primary}:${accounts.workload}:vpc-flow-log/*` },
    }),
    managedPolicies: [
      new LeastPolicy(scope, 'FlowLogPolicy', {
        name,
        description: 'Write flow records to their log group.',
        permissions: [
          {
            sid: 'WriteFlowRecords',
            actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            resources: [
              {
                matching: `arn:aws:logs:${regions.primary}:${accounts.workload}:log-group:${logGroup}:*`,
                because: 'The log streams of one log group; each network interface has its own.',
              },
            ],
          },
        ],
      }),
    ],
  })
}

function queryLog(scope: Construct, { config, vpcId }: LiveNetworkLogsProps, logs: EncryptedLogGroup): void {
  const name = nameOf(config, 'dns-live')
  const policy = new CfnResourcePolicy(scope, 'QueryLogPolicy', {
    policyName: name,
    policyDocument: JSON.stringify(deliveryDocument(config, logs)),
  })
  const log = new CfnResolverQueryLoggingConfig(scope, 'QueryLog', {
    name,
    destinationArn: logs.logGroupArn,
    tags: [{ key: 'Name', value: name }],
  })
  // Without the policy, Resolver would write one of its own that no template knows.
  log.addResourceDependency(policy)
  new CfnResolverQueryLoggingConfigAssociation(scope, 'QueryLogAssociation', { resolverQueryLogConfigId: log.attrId, resourceId: vpcId })
}

// Amazon CloudWatch Logs User Guide, "Logs sent to CloudWatch Logs".
const deliveryDocument = (config: EnvironmentConfig, { logGroupName }: EncryptedLogGroup): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'QueryLogsAreDelivered',
      Effect: 'Allow',
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${logGroupName}:log-stream:*`,
      Condition: {
        StringEquals: { 'aws:SourceAccount': config.accounts.workload },
        ArnLike: { 'aws:SourceArn': logDeliveryArns(config) },
      },
    },
  ],
})
