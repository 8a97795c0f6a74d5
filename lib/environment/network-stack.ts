import { IpAddresses, type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2'
import type { Construct } from 'constructs'
import type { FunctionNetwork } from './constructs/function-network.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** Services reached through an endpoint of the network. */
export const endpointNames = ['backup', 'dynamodb', 'kms', 's3', 'sns'] as const
/** One endpoint of the network. */
export type EndpointName = (typeof endpointNames)[number]

export class NetworkStack extends SafeHarborStack {
  readonly functionNetwork: FunctionNetwork
  readonly endpointIds: Readonly<Record<EndpointName, string>>

  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, { config, what: 'network', description: 'the isolated network.', duty: 'workload', path: 'foundation' })
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(config.network.cidr),
      availabilityZones: config.network.availabilityZones,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    })
    this.functionNetwork = { vpc: vpc as IVpc, endpointSecurityGroupId: 'sg-0' }
    this.endpointIds = { backup: 'vpce-0', dynamodb: 'vpce-0', kms: 'vpce-0', s3: 'vpce-0', sns: 'vpce-0' }
  }
}
