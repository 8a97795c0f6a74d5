import { Tags } from 'aws-cdk-lib'
import { CfnVPCEndpoint, type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { type EndpointName, endpointNames, endpointPolicy } from './endpoint-policies.ts'

// A gateway endpoint is a route and costs nothing; only these two services have one (AWS PrivateLink Guide, "Gateway endpoints").
const kinds = {
  backup: 'Interface',
  dynamodb: 'Gateway',
  kms: 'Interface',
  logs: 'Interface',
  s3: 'Gateway',
  'sms-voice': 'Interface',
  sns: 'Interface',
  sts: 'Interface',
} as const satisfies Record<EndpointName, 'Gateway' | 'Interface'>

// Text and voice are one service, whose endpoint is called after its API and not after its host (AWS End User Messaging SMS User Guide, "Access AWS End
// User Messaging SMS using an interface endpoint").
const serviceOf = (name: EndpointName): string => (name === 'sms-voice' ? 'pinpoint-sms-voice-v2' : name)

/**
 * The ways from the network to AWS services, and the only ways out of it. To add one, write its name into `endpointNames`: the compiler then asks for
 * its kind (above), what may pass, the host names it answers to, and the source its events have in the trail.
 */
export class Endpoints extends Construct {
  readonly ids: Readonly<Record<EndpointName, string>>
  /** Group of the interface endpoints: HTTPS comes in from the network, and nothing goes out. */
  readonly securityGroup: SecurityGroup

  constructor(scope: Construct, id: string, config: EnvironmentConfig, vpc: IVpc) {
    super(scope, id)
    this.securityGroup = endpointSecurityGroup(this, config, vpc)
    const made = endpointNames.map((name) => [name, this.endpoint(config, vpc, name).ref] as const)
    this.ids = Object.fromEntries(made) as Record<EndpointName, string>
  }

  private endpoint(config: EnvironmentConfig, vpc: IVpc, name: EndpointName): CfnVPCEndpoint {
    const place =
      kinds[name] === 'Gateway'
        ? { routeTableIds: vpc.isolatedSubnets.map(({ routeTable }) => routeTable.routeTableId) }
        : {
            subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
            securityGroupIds: [this.securityGroup.securityGroupId],
            privateDnsEnabled: true,
          }
    return new CfnVPCEndpoint(this, name, {
      ...place,
      vpcId: vpc.vpcId,
      vpcEndpointType: kinds[name],
      serviceName: `com.amazonaws.${config.regions.primary}.${serviceOf(name)}`,
      policyDocument: endpointPolicy(config, name),
      tags: [{ key: 'Name', value: nameOf(config, name) }],
    })
  }
}

function endpointSecurityGroup(scope: Construct, config: EnvironmentConfig, vpc: IVpc): SecurityGroup {
  const group = new SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    securityGroupName: nameOf(config, 'endpoints'),
    description: 'HTTPS from the network to the interface endpoints, nothing out',
    allowAllOutbound: false,
  })
  group.addIngressRule(Peer.ipv4(config.network.cidr), Port.tcp(443), 'HTTPS from the network')
  Tags.of(group).add('Name', nameOf(config, 'endpoints'))
  return group
}
