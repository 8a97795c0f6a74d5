import type { Session } from './session.ts'

/** The account's VPC Block Public Access setting in a Region. */
export interface BlockPublicAccess {
  /** `off`, `block-bidirectional` or `block-ingress`. */
  readonly mode: string
  /** `account`, or `declarative-policy` when the organization decides. */
  readonly managedBy: string
}

/** An interface endpoint service that AWS offers in a Region. */
export interface EndpointService {
  /** `com.amazonaws.us-east-1.kms` */
  readonly name: string
  /** Whether an endpoint of it takes a policy. */
  readonly takesPolicy: boolean
  /** Names of the zones it can be reached in. */
  readonly zones: readonly string[]
}

/** What is read from EC2. */
export const networkFacts = (session: Session) => ({
  /** `opt-in-not-required`, `opted-in` or `not-opted-in`; undefined for a Region that AWS does not have. */
  async regionState(region: string): Promise<string | undefined> {
    const { DescribeRegionsCommand, EC2Client } = await import('@aws-sdk/client-ec2')
    // Asked in us-east-1: a Region that is not enabled cannot be asked about itself.
    const command = new DescribeRegionsCommand({ AllRegions: true, Filters: [{ Name: 'region-name', Values: [region] }] })
    const { Regions = [] } = await session.client(EC2Client, 'us-east-1').send(command)
    return Regions[0]?.OptInStatus
  },

  /** Names of the availability zones that can be used. */
  async availabilityZones(region: string): Promise<readonly string[]> {
    const { DescribeAvailabilityZonesCommand, EC2Client } = await import('@aws-sdk/client-ec2')
    const { AvailabilityZones = [] } = await session.client(EC2Client, region).send(new DescribeAvailabilityZonesCommand({}))
    return AvailabilityZones.filter(({ State }) => State === 'available').flatMap(({ ZoneName }) => ZoneName ?? [])
  },

  /** Id of the prefix list AWS keeps for a gateway endpoint; undefined when the Region has none of that name. */
  async prefixList(region: string, service: string): Promise<string | undefined> {
    const { DescribeManagedPrefixListsCommand, EC2Client } = await import('@aws-sdk/client-ec2')
    const Filters = [{ Name: 'prefix-list-name', Values: [`com.amazonaws.${region}.${service}`] }]
    const { PrefixLists = [] } = await session.client(EC2Client, region).send(new DescribeManagedPrefixListsCommand({ Filters }))
    return PrefixLists[0]?.PrefixListId
  },

  /** Those of the named interface endpoint services that the Region has. */
  async endpointServices(region: string, names: readonly string[]): Promise<readonly EndpointService[]> {
    const { DescribeVpcEndpointServicesCommand, EC2Client } = await import('@aws-sdk/client-ec2')
    // By filter, as a name that does not exist would otherwise be an error for all.
    const Filters = [
      { Name: 'service-name', Values: [...names] },
      { Name: 'service-type', Values: ['Interface'] },
    ]
    const answer = await session.client(EC2Client, region).send(new DescribeVpcEndpointServicesCommand({ Filters }))
    return (answer.ServiceDetails ?? []).map(({ ServiceName = '', VpcEndpointPolicySupported, AvailabilityZones = [] }) => ({
      name: ServiceName,
      takesPolicy: VpcEndpointPolicySupported === true,
      zones: AvailabilityZones,
    }))
  },

  async volumesAreEncrypted(region: string): Promise<boolean> {
    const { EC2Client, GetEbsEncryptionByDefaultCommand } = await import('@aws-sdk/client-ec2')
    const { EbsEncryptionByDefault } = await session.client(EC2Client, region).send(new GetEbsEncryptionByDefaultCommand({}))
    return EbsEncryptionByDefault === true
  },

  /** `required`, `optional`, or undefined when the account has no default. */
  async metadataTokens(region: string): Promise<string | undefined> {
    const { EC2Client, GetInstanceMetadataDefaultsCommand } = await import('@aws-sdk/client-ec2')
    const { AccountLevel } = await session.client(EC2Client, region).send(new GetInstanceMetadataDefaultsCommand({}))
    return AccountLevel?.HttpTokens
  },

  async blockPublicAccess(region: string): Promise<BlockPublicAccess> {
    const { DescribeVpcBlockPublicAccessOptionsCommand, EC2Client } = await import('@aws-sdk/client-ec2')
    const answer = await session.client(EC2Client, region).send(new DescribeVpcBlockPublicAccessOptionsCommand({}))
    const options = answer.VpcBlockPublicAccessOptions
    return { mode: options?.InternetGatewayBlockMode ?? 'off', managedBy: options?.ManagedBy ?? 'account' }
  },

  /** Whether a VPC with this tag stands in the Region. */
  async vpcExists(region: string, tag: string, value: string): Promise<boolean> {
    const { DescribeVpcsCommand, EC2Client } = await import('@aws-sdk/client-ec2')
    const command = new DescribeVpcsCommand({ Filters: [{ Name: `tag:${tag}`, Values: [value] }] })
    const { Vpcs = [] } = await session.client(EC2Client, region).send(command)
    return Vpcs.length > 0
  },
})
