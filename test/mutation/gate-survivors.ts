import type { Mutant } from './mutants.ts'

/** Why the gate lets a weakened template pass. */
export interface Explained {
  /** Resource types. */
  readonly types: RegExp
  /** Logical ids. */
  readonly ids?: RegExp
  /** Paths inside the resource. */
  readonly paths: RegExp
  /** What was done. */
  readonly changes: RegExp
  readonly because: string
}

/** Every reason for which the gate may let a weakened template pass. Each is needed in one of the environments. */
export const explained: readonly Explained[] = [
  {
    types: /^AWS::(EC2::FlowLog|Route53Resolver::ResolverQueryLoggingConfigAssociation|SecurityHub::Standard)$/,
    paths: /^$/,
    changes: /^removed$/,
    because: 'There are two, and the gate asks for one: that there are two is claimed.',
  },
  {
    types: /^AWS::AccessAnalyzer::Analyzer$/,
    ids: /^UnusedAccess$/,
    paths: /^$/,
    changes: /^removed$/,
    because: 'The gate asks for an analyzer of access from outside; that of unused access is one more, and claimed.',
  },
  {
    types: /^AWS::CloudTrail::Trail$/,
    ids: /^AccountTrail/,
    paths: /^$/,
    changes: /^removed$/,
    because:
      'The gate asks an assembly for a trail, not each account of it: others have one for their organization. Those of the accounts beside the workload are claimed.',
  },
  {
    types: /^AWS::EC2::(VPCBlockPublicAccessOptions|VPCEncryptionControl)$/,
    paths: /^(Properties\.InternetGatewayBlockMode)?$/,
    changes: /^(removed|set to "block-ingress")$/,
    because:
      'A second fence around a network that has no gateway; most networks are meant to reach something, so the gate judges routes and rules in its place.',
  },
  {
    types: /^AWS::EC2::(RouteTable|VPC)$/,
    paths: /^$/,
    changes: /^given (a way to (another network|the internet behind NAT|the internet by IPv6)|an internet gateway)$/,
    because:
      'Others let their functions call out, or reach another network of theirs; nothing comes in by it. That this network has no way out is claimed.',
  },
  {
    types: /^AWS::WAFv2::WebACL$/,
    paths: /^Properties\.(Rules\.\d+(\.Action)?|DataProtectionConfig)$/,
    changes: /^(removed|set to \{"Allow":\{\}\})$/,
    because:
      'Rules of this service (closed, phase, size of bodies, a second rate, SQL) and what is hidden in samples that are not taken: the rule groups that any service needs are asked for.',
  },
]

/** The reason why the gate lets a mutant pass; undefined when nobody knows one. */
export const explanationOf = ({ logicalId, type, path, change }: Mutant): Explained | undefined =>
  explained.find(
    ({ types, ids = /.*/, paths, changes }) => types.test(type) && ids.test(logicalId) && paths.test(path) && changes.test(change),
  )
