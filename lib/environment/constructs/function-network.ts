import { CfnSecurityGroup, type ISecurityGroup, type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import type { Construct } from 'constructs'
import type { EnvironmentConfig } from '../../config/schema.ts'

/** Where functions run: isolated subnets whose only neighbours are VPC endpoints. */
export interface FunctionNetwork {
  readonly vpc: IVpc
  /** Id of the security group of the interface endpoints. */
  readonly endpointSecurityGroupId: string
}

/**
 * A function's own security group: nothing comes in; HTTPS goes out to the interface endpoints and the gateway endpoints' prefix lists, and nowhere else.
 * The rules stand in the group itself: a group without any would be made with EC2's default rule, everything to everywhere.
 */
export function functionSecurityGroup(scope: Construct, id: string, config: EnvironmentConfig, network: FunctionNetwork): ISecurityGroup {
  const https = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 }
  const group = new CfnSecurityGroup(scope, id, {
    groupDescription: 'HTTPS to the VPC endpoints, nothing else',
    vpcId: network.vpc.vpcId,
    securityGroupEgress: [
      { ...https, destinationSecurityGroupId: network.endpointSecurityGroupId, description: 'HTTPS to the interface endpoints' },
      ...Object.entries(config.network.gatewayPrefixLists).map(([service, destinationPrefixListId]) => ({
        ...https,
        destinationPrefixListId,
        description: `HTTPS to the ${service} gateway endpoint`,
      })),
    ],
  })
  return SecurityGroup.fromSecurityGroupId(scope, `${id}Reference`, group.attrGroupId, { mutable: false })
}
