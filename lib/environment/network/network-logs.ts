import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2'
import { CfnResolverQueryLoggingConfig, CfnResolverQueryLoggingConfigAssociation } from 'aws-cdk-lib/aws-route53resolver'
import { Construct } from 'constructs'
import { bucketName, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'

/** Folders of the archive that the network's logs are delivered to. */
export const networkLogPrefixes = { flows: 'flow-logs', queries: 'dns-logs' } as const

/**
 * Fields of a flow record, in order: every field that can have a value in a network of functions and endpoints. Left out are those of
 * containers, Outposts and Local Zones (Amazon VPC User Guide, "Flow log records").
 */
export const flowLogFields = [
  'version',
  'account-id',
  'vpc-id',
  'subnet-id',
  'interface-id',
  'resource-id',
  'instance-id',
  'region',
  'az-id',
  'start',
  'end',
  'srcaddr',
  'srcport',
  'dstaddr',
  'dstport',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
  'type',
  'protocol',
  'tcp-flags',
  'packets',
  'bytes',
  'flow-direction',
  'traffic-path',
  'action',
  'reject-reason',
  'encryption-status',
  'log-status',
] as const

/** Every flow and every DNS question of the network, delivered straight to the locked archive of the audit account. */
export class NetworkLogs extends Construct {
  constructor(scope: Construct, id: string, config: EnvironmentConfig, vpcId: string) {
    super(scope, id)
    const archive = `arn:aws:s3:::${bucketName(config, 'archive', 'audit')}`
    flowLog(this, config, vpcId, `${archive}/${networkLogPrefixes.flows}/`)
    queryLog(this, config, vpcId, `${archive}/${networkLogPrefixes.queries}/`)
  }
}

const flowLog = (scope: Construct, config: EnvironmentConfig, vpcId: string, logDestination: string): CfnFlowLog =>
  new CfnFlowLog(scope, 'FlowLog', {
    resourceType: 'VPC',
    resourceId: vpcId,
    trafficType: 'ALL',
    maxAggregationInterval: 60,
    logDestinationType: 's3',
    logDestination,
    logFormat: flowLogFields.map((field) => `\${${field}}`).join(' '),
    // An investigator reads one hour of six years: partitions by hour, and columns, so that a query reads no more than it asks for.
    destinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
    tags: [{ key: 'Name', value: nameOf(config, 'archive') }],
  })

function queryLog(scope: Construct, config: EnvironmentConfig, vpcId: string, destinationArn: string): void {
  const name = nameOf(config, 'dns-archive')
  const log = new CfnResolverQueryLoggingConfig(scope, 'QueryLog', { name, destinationArn, tags: [{ key: 'Name', value: name }] })
  new CfnResolverQueryLoggingConfigAssociation(scope, 'QueryLogAssociation', { resolverQueryLogConfigId: log.attrId, resourceId: vpcId })
}
