import { Tags } from 'aws-cdk-lib'
import { CfnVPCBlockPublicAccessOptions, CfnVPCEncryptionControl, IpAddresses, type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { narrowDefaultSecurityGroupFunction } from './default-security-group.ts'

/**
 * The network that touches patient data: one isolated subnet in each availability zone, and nothing that leads out of them. Their route
 * tables hold no route but the VPC's own and those of the gateway endpoints, so there is no address outside to send to or be reached from.
 * There is no network ACL of our own: it cannot name the gateway endpoints' prefix lists and would have to let HTTPS out to every address.
 */
export class IsolatedVpc extends Construct {
  readonly vpc: IVpc

  constructor(scope: Construct, id: string, config: EnvironmentConfig) {
    super(scope, id)
    const vpc = new Vpc(this, 'Vpc', {
      vpcName: nameOf(config, 'isolated'),
      ipAddresses: IpAddresses.cidr(config.network.cidr),
      availabilityZones: config.network.availabilityZones,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
      enableDnsSupport: true,
      enableDnsHostnames: true,
      restrictDefaultSecurityGroup: true,
    })
    for (const subnet of vpc.isolatedSubnets) Tags.of(subnet).add('Name', nameOf(config, `isolated-${subnet.availabilityZone}`))
    narrowDefaultSecurityGroupFunction(vpc, config)
    watchEncryption(this, config, vpc.vpcId)
    if (!config.adopted.includes('vpc-block-public-access')) blockPublicAccess(this)
    // The class declares optional members that its interface states without undefined, hence the assertion.
    this.vpc = vpc as IVpc
  }
}

// Even an internet gateway that somebody adds by hand leads nowhere. The setting is one for all VPCs of the account and Region
// (Amazon VPC User Guide, "Block public access to VPCs and subnets").
const blockPublicAccess = (scope: Construct) =>
  new CfnVPCBlockPublicAccessOptions(scope, 'BlockPublicAccess', { internetGatewayBlockMode: 'block-bidirectional' })

// Monitoring writes into the flow logs whether each flow is encrypted. Enforcement would refuse what cannot be, and what it does to functions is
// not documented (Amazon VPC User Guide, "Enforce VPC encryption in transit").
const watchEncryption = (scope: Construct, config: EnvironmentConfig, vpcId: string) =>
  new CfnVPCEncryptionControl(scope, 'EncryptionControl', {
    vpcId,
    mode: 'monitor',
    tags: [{ key: 'Name', value: nameOf(config, 'isolated') }],
  })
