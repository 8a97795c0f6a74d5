import { type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import type { Construct } from 'constructs'
import type { EnvironmentConfig } from '../../config/schema.ts'

/** Where functions run: isolated subnets whose only neighbours are VPC endpoints. */
export interface FunctionNetwork {
  readonly vpc: IVpc
  /** Id of the security group of the interface endpoints. */
  readonly endpointSecurityGroupId: string
}

/** A function's own security group: nothing comes in; HTTPS goes out to the interface endpoints and the gateway endpoints' prefix lists, and nowhere else. */
export function functionSecurityGroup(scope: Construct, id: string, config: EnvironmentConfig, network: FunctionNetwork): SecurityGroup {
  const group = new SecurityGroup(scope, id, {
    vpc: network.vpc,
    description: 'HTTPS to the VPC endpoints, nothing else',
    allowAllOutbound: false,
    disableInlineRules: true,
  })
  group.addEgressRule(Peer.securityGroupId(network.endpointSecurityGroupId), Port.tcp(443), 'HTTPS to the interface endpoints')
  for (const [service, id] of Object.entries(config.network.gatewayPrefixLists))
    group.addEgressRule(Peer.prefixList(id), Port.tcp(443), `HTTPS to the ${service} gateway endpoint`)
  return group
}
