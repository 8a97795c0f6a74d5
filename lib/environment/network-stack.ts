import type { Construct } from 'constructs'
import type { FunctionNetwork } from './constructs/function-network.ts'
import { DnsFirewall } from './network/dns-firewall.ts'
import type { EndpointName } from './network/endpoint-policies.ts'
import { Endpoints } from './network/endpoints.ts'
import { IsolatedVpc } from './network/isolated-vpc.ts'
import { NetworkLogs } from './network/network-logs.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** The network that touches patient data: no way in, and no way out but the endpoints of AWS services. It depends on no key. */
export class NetworkStack extends SafeHarborStack {
  /** Where functions are put. */
  readonly functionNetwork: FunctionNetwork
  /** Ids of the endpoints, for conditions on `aws:SourceVpce`. */
  readonly endpointIds: Readonly<Record<EndpointName, string>>

  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, {
      config,
      what: 'network',
      description: 'isolated network; its only ways out are endpoints, and it answers DNS for listed names only.',
    })
    const { vpc } = new IsolatedVpc(this, 'Isolated', config)
    const endpoints = new Endpoints(this, 'Endpoints', config, vpc)
    new DnsFirewall(this, 'DnsFirewall', config, vpc.vpcId)
    new NetworkLogs(this, 'Logs', config, vpc.vpcId)
    this.functionNetwork = { vpc, endpointSecurityGroupId: endpoints.securityGroup.securityGroupId }
    this.endpointIds = endpoints.ids
  }
}
