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
    types: /^AWS::Cognito::UserPoolClient$/,
    ids: /^LineClient/,
    paths: /^Properties\.PreventUserExistenceErrors$/,
    changes: /^(removed|set to "LEGACY")$/,
    because: 'A client of the client-credentials flow signs no user in, so there is none whose existence it could tell.',
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
    paths: /^Properties\.Rules\.0(\.Action)?$/,
    changes: /^(removed|set to \{"Allow":\{\}\})$/,
    because: 'The rule that takes the service offline lists nobody until somebody closes the door: that it is there is claimed.',
  },
  {
    types: /^AWS::WAFv2::WebACL$/,
    paths: /^Properties\.Rules\.1(\.Action)?$/,
    changes: /^(removed|set to \{"Allow":\{\}\})$/,
    because: "The rule that keeps a closed phase closed is this service's own: its phases and what each lets in are claimed.",
  },
  {
    types: /^AWS::WAFv2::WebACL$/,
    paths: /^Properties\.Rules\.[23]$/,
    changes: /^removed$/,
    because: 'Two rules limit rates, by address and by missing token, and the gate asks for one: both are claimed.',
  },
  {
    types: /^AWS::WAFv2::WebACL$/,
    paths: /^Properties\.Rules\.4(\.Action)?$/,
    changes: /^(removed|set to \{"Allow":\{\}\})$/,
    because: 'Bodies are limited by the common rule group as well, which the gate asks for: the limit of this service is claimed.',
  },
  {
    types: /^AWS::WAFv2::WebACL$/,
    paths: /^Properties\.Rules\.8$/,
    changes: /^removed$/,
    because: 'The rule group against SQL injection guards a service that has no SQL; the gate asks for the groups that any service needs.',
  },
  {
    types: /^AWS::WAFv2::WebACL$/,
    paths: /^Properties\.DataProtectionConfig$/,
    changes: /^removed$/,
    because: 'It hides fields in samples of requests, and samples are off: that both are so is claimed.',
  },
]

/** The reason why the gate lets a mutant pass; undefined when nobody knows one. */
export const explanationOf = ({ logicalId, type, path, change }: Mutant): Explained | undefined =>
  explained.find(
    ({ types, ids = /.*/, paths, changes }) => types.test(type) && ids.test(logicalId) && paths.test(path) && changes.test(change),
  )
