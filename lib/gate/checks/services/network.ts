import { joinControls } from '../across-types.ts'
import type { ResourceControl } from '../control.ts'
import { autoScalingControls } from './auto-scaling.ts'
import { ec2InstanceControls } from './ec2-instance.ts'
import { ec2SecurityGroupControls } from './ec2-security-group.ts'
import { ec2VolumeControls } from './ec2-volume.ts'
import { elbClassicControls } from './elb-classic.ts'
import { elbv2Controls } from './elbv2-load-balancer.ts'
import { nameControls } from './names-and-certificates.ts'
import { networkFirewallControls } from './network-firewall.ts'
import { networkJoins } from './network-joins.ts'
import { vpcAccessControls } from './vpc-access.ts'
import { vpcNetworkControls } from './vpc-network.ts'
import { vpcNetworkAclControls } from './vpc-network-acl.ts'
import { vpcRouteControls } from './vpc-routes.ts'
import { wafControls } from './waf.ts'

/** Controls on networks, machines in them, load balancers, firewalls, names and certificates. */
export const networkControls: readonly ResourceControl[] = joinControls(
  [
    ...ec2SecurityGroupControls,
    ...ec2InstanceControls,
    ...ec2VolumeControls,
    ...vpcNetworkControls,
    ...vpcRouteControls,
    ...vpcNetworkAclControls,
    ...vpcAccessControls,
    ...elbv2Controls,
    ...elbClassicControls,
    ...autoScalingControls,
    ...wafControls,
    ...networkFirewallControls,
    ...nameControls,
  ],
  networkJoins,
)
