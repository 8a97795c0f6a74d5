import type { Joined } from '../across-types.ts'

/** Controls of networks, machines and load balancers that ask the same of several types, and count as one. */
export const networkJoins: readonly Joined[] = [
  {
    id: 'ec2-security-group-rule-described',
    title: 'Each rule of a security group says in its description what it is for',
    of: ['ec2-security-group-ingress-described', 'ec2-security-group-egress-described'],
  },
  {
    id: 'ec2-instance-public-address',
    title: 'Instances, and what launches them, have no public address',
    of: ['ec2-instance-public-address', 'ec2-launch-public-address'],
  },
  {
    id: 'elb-access-log',
    title: 'Load balancers keep an access log',
    of: ['elbv2-load-balancer-access-log', 'elb-load-balancer-access-log'],
  },
  {
    id: 'elb-cross-zone',
    title: 'Load balancers spread requests over all zones',
    of: ['elbv2-load-balancer-cross-zone', 'elb-load-balancer-cross-zone'],
  },
  {
    id: 'elb-zones',
    title: 'Load balancers stand in several zones',
    of: ['elbv2-load-balancer-zones', 'elb-load-balancer-zones'],
  },
  {
    id: 'elb-internal',
    title: 'Load balancers are reached from inside the network only',
    of: ['elbv2-load-balancer-internal', 'elb-load-balancer-internal'],
  },
  {
    id: 'elb-tls-policy',
    title: 'Listeners of load balancers ask for TLS 1.2 or newer',
    of: ['elbv2-listener-tls-policy', 'elb-listener-tls-policy'],
  },
  {
    id: 'elb-acm-certificate',
    title: 'Listeners of load balancers take their certificate from ACM',
    of: ['elbv2-listener-acm-certificate', 'elb-listener-acm-certificate'],
  },
  {
    id: 'elb-listener-encrypted',
    title: 'Listeners of load balancers take no traffic without TLS, unless to redirect it',
    of: ['elbv2-listener-http-redirect', 'elbv2-listener-rule-http-redirect', 'elbv2-listener-network-tls', 'elb-listener-encrypted'],
  },
  {
    id: 'elb-target-encrypted',
    title: 'Load balancers reach what stands behind them over TLS',
    of: ['elbv2-target-group-encrypted', 'elb-listener-instance-encrypted'],
  },
  {
    id: 'waf-classic-rule-conditions',
    title: 'Rules of WAF Classic have conditions',
    of: ['waf-classic-rule-conditions', 'waf-classic-rate-rule-conditions'],
  },
]
