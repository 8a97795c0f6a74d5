import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Claim, resourcesOf } from './claim.ts'
import { expectStatements, type Statement } from './policies.ts'

type Properties = Readonly<Record<string, unknown>>
type Endpoint = 'backup' | 'dynamodb' | 'kms' | 'logs' | 's3' | 'sms-voice' | 'sns' | 'sts'

const name = (config: EnvironmentConfig, what: string): string => `safe-harbor-${config.name}-${what}`
const named = (config: EnvironmentConfig, what: string) => [{ Key: 'Name', Value: name(config, what) }]
const attribute = (id: string, attr: string) => ({ 'Fn::GetAtt': [id, attr] })
const bucket = (config: EnvironmentConfig, what: string, duty: 'audit' | 'workload'): string =>
  `${name(config, what)}-${config.accounts[duty]}-${config.regions.primary}`

/** Everything there is of one type, `[logical id, properties]`, in the order of the template. */
const all = (template: Template, type: string): [string, Properties][] =>
  Object.entries(resourcesOf(template, type)).map(([id, resource]) => [id, resource.Properties])

/** The only one of its type, or the only one whose property has this value. */
function one(template: Template, type: string, property?: string, value?: unknown): [string, Properties] {
  const found = all(template, type).filter(([, properties]) => property === undefined || properties[property] === value)
  expect(found).toHaveLength(1)
  return found[0] as [string, Properties]
}

const vpc = (template: Template) => ({ Ref: one(template, 'AWS::EC2::VPC')[0] })
const refs = (template: Template, type: string) => all(template, type).map(([id]) => ({ Ref: id }))
const alertsTopic = ({ regions, accounts, name }: EnvironmentConfig): string =>
  `arn:aws:sns:${regions.primary}:${accounts.workload}:safe-harbor-${name}-alerts`

/** How many resources of each type there are; a type that is not listed does not exist. */
const inventory = ({ network, adopted }: EnvironmentConfig): Record<string, number> => ({
  'AWS::CloudWatch::Alarm': 1,
  'AWS::EC2::FlowLog': 1,
  'AWS::EC2::RouteTable': network.availabilityZones.length,
  'AWS::EC2::SecurityGroup': 1,
  'AWS::EC2::Subnet': network.availabilityZones.length,
  'AWS::EC2::SubnetRouteTableAssociation': network.availabilityZones.length,
  'AWS::EC2::VPC': 1,
  ...(adopted.includes('vpc-block-public-access') ? {} : { 'AWS::EC2::VPCBlockPublicAccessOptions': 1 }),
  'AWS::EC2::VPCEncryptionControl': 1,
  'AWS::EC2::VPCEndpoint': 8,
  'AWS::IAM::ManagedPolicy': 1,
  'AWS::IAM::Role': 1,
  'AWS::Lambda::Function': 1,
  'AWS::Route53Resolver::FirewallDomainList': 2,
  'AWS::Route53Resolver::FirewallRuleGroup': 1,
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': 1,
  'AWS::Route53Resolver::ResolverDNSSECConfig': 1,
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': 1,
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation': 1,
  'Custom::VpcRestrictDefaultSG': 1,
})

/** Ways in or out that a network can have, and this one has not. */
const openings = [
  'AWS::EC2::CarrierGateway',
  'AWS::EC2::ClientVpnEndpoint',
  'AWS::EC2::CustomerGateway',
  'AWS::EC2::EIP',
  'AWS::EC2::EIPAssociation',
  'AWS::EC2::EgressOnlyInternetGateway',
  'AWS::EC2::GatewayRouteTableAssociation',
  'AWS::EC2::Instance',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation',
  'AWS::EC2::NatGateway',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::Route',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SubnetCidrBlock',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::VPCBlockPublicAccessExclusion',
  'AWS::EC2::VPCCidrBlock',
  'AWS::EC2::VPCEndpointService',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::VPNConnection',
  'AWS::EC2::VPNGateway',
  'AWS::EC2::VPNGatewayRoutePropagation',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::NetworkManager::VpcAttachment',
  'AWS::RAM::ResourceShare',
  'AWS::Route53Resolver::ResolverEndpoint',
  'AWS::Route53Resolver::ResolverRule',
  'AWS::VpcLattice::ServiceNetworkVpcAssociation',
]

const isolation: readonly Claim[] = [
  {
    stack: 'network',
    says: 'holds exactly the resources listed, and nothing else',
    check: (template, config) => {
      const counts: Record<string, number> = {}
      for (const { Type } of Object.values(template.toJSON().Resources as Record<string, { Type: string }>))
        counts[Type] = (counts[Type] ?? 0) + 1
      expect(counts).toEqual(inventory(config))
    },
  },
  ...openings.map((type): Claim => ({ stack: 'network', says: `has no ${type}`, check: (template) => template.resourceCountIs(type, 0) })),
  {
    stack: 'network',
    says: 'is one private IPv4 range with DNS, on shared hardware, and no IPv6',
    check: (template, config) =>
      expect(one(template, 'AWS::EC2::VPC')[1]).toEqual({
        CidrBlock: config.network.cidr,
        EnableDnsHostnames: true,
        EnableDnsSupport: true,
        InstanceTenancy: 'default',
        Tags: named(config, 'isolated'),
      }),
  },
  {
    stack: 'network',
    says: 'gives each zone one isolated subnet that assigns no public and no IPv6 address',
    check: (template, config) => {
      const [first, second, third] = config.network.cidr.split('.')
      expect(all(template, 'AWS::EC2::Subnet').map(([, properties]) => properties)).toEqual(
        config.network.availabilityZones.map((AvailabilityZone, index) => ({
          AvailabilityZone,
          CidrBlock: `${first}.${second}.${Number(third) + index}.0/24`,
          MapPublicIpOnLaunch: false,
          VpcId: vpc(template),
          Tags: [
            { Key: 'aws-cdk:subnet-name', Value: 'isolated' },
            { Key: 'aws-cdk:subnet-type', Value: 'Isolated' },
            ...named(config, `isolated-${AvailabilityZone}`),
          ],
        })),
      )
    },
  },
  {
    stack: 'network',
    says: 'gives each subnet a route table of its own, in which no route is written',
    check: (template, config) => {
      const subnets = refs(template, 'AWS::EC2::Subnet')
      const tables = refs(template, 'AWS::EC2::RouteTable')
      expect(all(template, 'AWS::EC2::RouteTable').map(([, properties]) => properties)).toEqual(
        config.network.availabilityZones.map((zone) => ({ VpcId: vpc(template), Tags: named(config, `isolated-${zone}`) })),
      )
      expect(all(template, 'AWS::EC2::SubnetRouteTableAssociation').map(([, properties]) => properties)).toEqual(
        subnets.map((SubnetId, index) => ({ SubnetId, RouteTableId: tables[index] })),
      )
    },
  },
  {
    stack: 'network',
    says: 'blocks internet gateways in both directions, unless the account has the setting already',
    check: (template, { adopted }) =>
      expect(all(template, 'AWS::EC2::VPCBlockPublicAccessOptions').map(([, properties]) => properties)).toEqual(
        adopted.includes('vpc-block-public-access') ? [] : [{ InternetGatewayBlockMode: 'block-bidirectional' }],
      ),
  },
  {
    stack: 'network',
    says: 'watches whether traffic is encrypted',
    check: (template, config) =>
      expect(one(template, 'AWS::EC2::VPCEncryptionControl')[1]).toEqual({
        VpcId: vpc(template),
        Mode: 'monitor',
        Tags: named(config, 'isolated'),
      }),
  },
]

const defaultGroup: readonly Claim[] = [
  {
    stack: 'network',
    says: 'empties the default security group of its network',
    check: (template, { accounts }) =>
      expect(one(template, 'Custom::VpcRestrictDefaultSG')[1]).toEqual({
        ServiceToken: attribute(one(template, 'AWS::Lambda::Function')[0], 'Arn'),
        DefaultSecurityGroupId: attribute(vpc(template).Ref, 'DefaultSecurityGroup'),
        Account: accounts.workload,
      }),
  },
  {
    stack: 'network',
    says: 'keeps nothing of the emptying when the network goes',
    check: (template) =>
      expect(
        Object.values(resourcesOf(template, 'Custom::VpcRestrictDefaultSG')).map(({ DeletionPolicy, UpdateReplacePolicy }) => [
          DeletionPolicy,
          UpdateReplacePolicy,
        ]),
      ).toEqual([['Delete', 'Delete']]),
  },
  {
    stack: 'network',
    says: 'lets the function that empties it change that group and do nothing else, logging included',
    check: (template, config) => {
      const [policyId, policy] = one(template, 'AWS::IAM::ManagedPolicy')
      const { PolicyDocument, Description, ...rest } = policy
      expect(rest).toEqual({ ManagedPolicyName: name(config, 'default-security-group'), Path: '/' })
      expect(Description).toMatch(/^[A-Z].{20,}\.$/)
      expect((PolicyDocument as { Version: string }).Version).toBe('2012-10-17')
      const group = `arn:aws:ec2:${config.regions.primary}:${config.accounts.workload}:security-group/`
      expectStatements(PolicyDocument, [
        {
          Sid: 'ChangeRulesOfTheDefaultSecurityGroup',
          Effect: 'Allow',
          Action: [
            'ec2:AuthorizeSecurityGroupEgress',
            'ec2:AuthorizeSecurityGroupIngress',
            'ec2:RevokeSecurityGroupEgress',
            'ec2:RevokeSecurityGroupIngress',
          ],
          Resource: { 'Fn::Join': ['', [group, attribute(vpc(template).Ref, 'DefaultSecurityGroup')]] },
        },
      ])
      expect(one(template, 'AWS::IAM::Role')[1]).toEqual({
        RoleName: name(config, 'default-security-group'),
        ManagedPolicyArns: [{ Ref: policyId }],
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
        },
      })
    },
  },
  {
    stack: 'network',
    says: "runs the construct library's own code for that, under that role, outside the network",
    check: (template, config) => {
      const { Code, Description, ...rest } = one(template, 'AWS::Lambda::Function')[1]
      expect(rest).toEqual({
        FunctionName: name(config, 'default-security-group'),
        Handler: '__entrypoint__.handler',
        MemorySize: 128,
        Role: attribute(one(template, 'AWS::IAM::Role')[0], 'Arn'),
        Runtime: 'nodejs24.x',
        Timeout: 900,
      })
      expect(Description).toBe('Lambda function for removing all inbound/outbound rules from the VPC default security group')
      expect(Code).toEqual({
        S3Bucket: `cdk-shfound-assets-${config.accounts.workload}-${config.regions.primary}`,
        S3Key: expect.stringMatching(/^[0-9a-f]{64}\.zip$/),
      })
    },
  },
]

const interfaces: readonly Endpoint[] = ['backup', 'kms', 'logs', 'sms-voice', 'sns', 'sts']
const gateways: readonly Endpoint[] = ['dynamodb', 's3']

const service = ({ regions }: EnvironmentConfig, endpoint: Endpoint): string =>
  `com.amazonaws.${regions.primary}.${endpoint === 'sms-voice' ? 'pinpoint-sms-voice-v2' : endpoint}`

const endpointOf = (template: Template, config: EnvironmentConfig, endpoint: Endpoint): Properties =>
  one(template, 'AWS::EC2::VPCEndpoint', 'ServiceName', service(config, endpoint))[1]

/** A statement of an endpoint policy: callers of the workload account, resources of one account. */
const passage = (
  { accounts }: EnvironmentConfig,
  Sid: string,
  actions: readonly string[],
  Resource: readonly string[],
  owner: 'audit' | 'workload' | 'recovery' = 'workload',
): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal: '*',
  Action: actions,
  Resource,
  Condition: Resource.includes('*')
    ? { StringEquals: { 'aws:PrincipalAccount': accounts.workload }, StringEqualsIfExists: { 'aws:ResourceAccount': accounts[owner] } }
    : { StringEquals: { 'aws:PrincipalAccount': accounts.workload, 'aws:ResourceAccount': accounts[owner] } },
})

const passages: Record<Endpoint, (config: EnvironmentConfig) => Statement[]> = {
  backup: (config) => [
    passage(config, 'OurCallersValidateOurRestoreTests', ['backup:DescribeRestoreJob', 'backup:PutRestoreValidationResult'], ['*']),
  ],
  dynamodb: (config) => {
    const tables = `arn:aws:dynamodb:${config.regions.primary}:${config.accounts.workload}:table/`
    const items = ['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'DescribeTable', 'GetItem', 'PutItem', 'Query']
    return [
      passage(
        config,
        'OurCallersUseItemsOfOurTables',
        [...items, 'UpdateItem'].map((action) => `dynamodb:${action}`),
        [`${tables}safe-harbor-${config.name}-*`],
      ),
      passage(
        config,
        'OurCallersCountWhatARestoreTestRestored',
        ['dynamodb:DescribeTable', 'dynamodb:Scan'],
        [`${tables}awsbackup-restore-test-*`],
      ),
    ]
  },
  kms: (config) => {
    const keys = (owner: 'workload' | 'recovery') => [`arn:aws:kms:${config.regions.primary}:${config.accounts[owner]}:key/*`]
    return [
      passage(config, 'OurCallersOpenAndSealWithOurKeys', ['kms:Decrypt', 'kms:GenerateDataKey'], keys('workload')),
      passage(config, 'OurCallersSealForRecovery', ['kms:Encrypt'], keys('recovery'), 'recovery'),
    ]
  },
  logs: (config) => [
    passage(
      config,
      'OurCallersReadTheTrail',
      ['logs:FilterLogEvents'],
      [`arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:/safe-harbor/${config.name}/trail:*`],
    ),
  ],
  s3: (config) => [
    passage(
      config,
      'OurCallersReadAndWriteObjectsOfOurBuckets',
      ['s3:GetObject', 's3:PutObject'],
      [`arn:aws:s3:::${bucket(config, 'attachments', 'workload')}/*`],
    ),
    passage(
      config,
      'OurCallersPutCheckpointsIntoTheArchive',
      ['s3:PutObject'],
      [`arn:aws:s3:::${bucket(config, 'archive', 'audit')}/ledger/*`],
      'audit',
    ),
  ],
  'sms-voice': (config) => {
    const own = `arn:aws:sms-voice:${config.regions.primary}:${config.accounts.workload}`
    const { originationIdentity } = config.telephone
    const number = `${own}:${originationIdentity.startsWith('pool-') ? 'pool' : 'phone-number'}/${originationIdentity}`
    return [
      passage(
        config,
        'OurCallersTextFromOurNumber',
        ['sms-voice:SendTextMessage'],
        [number, `${own}:configuration-set/${name(config, 'notifications')}`],
      ),
      passage(config, 'OurCallersCallByVoice', ['sms-voice:SendVoiceMessage'], ['*']),
    ]
  },
  sns: (config) => [passage(config, 'OurCallersTellTheAlertsTopic', ['sns:Publish'], [alertsTopic(config)])],
  sts: (config) => [
    {
      Sid: 'TokensOpenOurSessionsUnsigned',
      Effect: 'Allow',
      Principal: '*',
      Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
      Resource: ['provider', 'patient'].map((who) => `arn:aws:iam::${config.accounts.workload}:role/${name(config, `${who}-session`)}`),
    },
  ],
}

const endpoints: readonly Claim[] = [
  ...interfaces.map(
    (endpoint): Claim => ({
      stack: 'network',
      says: `reaches ${endpoint} by a private endpoint in every subnet, under its usual name`,
      check: (template, config) => {
        const { PolicyDocument, ...rest } = endpointOf(template, config, endpoint)
        expect(PolicyDocument).toBeDefined()
        expect(rest).toEqual({
          VpcEndpointType: 'Interface',
          ServiceName: service(config, endpoint),
          VpcId: vpc(template),
          SubnetIds: refs(template, 'AWS::EC2::Subnet'),
          SecurityGroupIds: [attribute(one(template, 'AWS::EC2::SecurityGroup')[0], 'GroupId')],
          PrivateDnsEnabled: true,
          Tags: named(config, endpoint),
        })
      },
    }),
  ),
  ...gateways.map(
    (endpoint): Claim => ({
      stack: 'network',
      says: `reaches ${endpoint} by a gateway endpoint in every route table`,
      check: (template, config) => {
        const { PolicyDocument, ...rest } = endpointOf(template, config, endpoint)
        expect(PolicyDocument).toBeDefined()
        expect(rest).toEqual({
          VpcEndpointType: 'Gateway',
          ServiceName: service(config, endpoint),
          VpcId: vpc(template),
          RouteTableIds: refs(template, 'AWS::EC2::RouteTable'),
          Tags: named(config, endpoint),
        })
      },
    }),
  ),
  ...[...interfaces, ...gateways].map(
    (endpoint): Claim => ({
      stack: 'network',
      says: `lets through the ${endpoint} endpoint only what is written down, to what our own accounts own`,
      check: (template, config) => {
        const { PolicyDocument } = endpointOf(template, config, endpoint)
        expectStatements(PolicyDocument, passages[endpoint](config))
        expect((PolicyDocument as { Version: string }).Version).toBe('2012-10-17')
      },
    }),
  ),
  {
    stack: 'network',
    says: 'lets HTTPS from the network into the interface endpoints and nothing out of them',
    check: (template, config) =>
      expect(one(template, 'AWS::EC2::SecurityGroup')[1]).toEqual({
        GroupName: name(config, 'endpoints'),
        GroupDescription: 'HTTPS from the network to the interface endpoints, nothing out',
        VpcId: vpc(template),
        SecurityGroupIngress: [
          { CidrIp: config.network.cidr, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'HTTPS from the network' },
        ],
        // An empty list would mean everything; this rule matches no packet.
        SecurityGroupEgress: [
          { CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86, Description: 'Disallow all traffic' },
        ],
        Tags: named(config, 'endpoints'),
      }),
  },
]

const domainList = (template: Template, config: EnvironmentConfig, what: string): [string, Properties] =>
  one(template, 'AWS::Route53Resolver::FirewallDomainList', 'Name', name(config, what))

const dns: readonly Claim[] = [
  {
    stack: 'network',
    says: 'answers DNS for the host names of its endpoints, of our account and of our buckets, each in full',
    check: (template, config) => {
      const { regions, accounts } = config
      expect(domainList(template, config, 'dns-allowed')[1]).toEqual({
        Name: name(config, 'dns-allowed'),
        Tags: named(config, 'dns-allowed'),
        Domains: [
          `backup.${regions.primary}.amazonaws.com`,
          `dynamodb.${regions.primary}.amazonaws.com`,
          `${accounts.workload}.ddb.${regions.primary}.amazonaws.com`,
          `kms.${regions.primary}.amazonaws.com`,
          `logs.${regions.primary}.amazonaws.com`,
          `${bucket(config, 'attachments', 'workload')}.s3.${regions.primary}.amazonaws.com`,
          `${bucket(config, 'archive', 'audit')}.s3.${regions.primary}.amazonaws.com`,
          `sms-voice.${regions.primary}.amazonaws.com`,
          `sns.${regions.primary}.amazonaws.com`,
          `sts.${regions.primary}.amazonaws.com`,
        ],
      })
    },
  },
  {
    stack: 'network',
    says: 'refuses every other name, after the allowed ones',
    check: (template, config) => {
      expect(domainList(template, config, 'dns-everything-else')[1]).toEqual({
        Name: name(config, 'dns-everything-else'),
        Tags: named(config, 'dns-everything-else'),
        Domains: ['*'],
      })
      expect(one(template, 'AWS::Route53Resolver::FirewallRuleGroup')[1]).toEqual({
        Name: name(config, 'dns'),
        Tags: named(config, 'dns'),
        FirewallRules: [
          {
            Priority: 100,
            Action: 'ALLOW',
            FirewallDomainListId: attribute(domainList(template, config, 'dns-allowed')[0], 'Id'),
            FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
          },
          {
            Priority: 200,
            Action: 'BLOCK',
            FirewallDomainListId: attribute(domainList(template, config, 'dns-everything-else')[0], 'Id'),
            BlockResponse: 'NXDOMAIN',
          },
        ],
      })
    },
  },
  {
    stack: 'network',
    says: 'binds the rules to the network, in production so that they cannot be taken off unnoticed',
    check: (template, config) =>
      expect(one(template, 'AWS::Route53Resolver::FirewallRuleGroupAssociation')[1]).toEqual({
        Name: name(config, 'dns'),
        Tags: named(config, 'dns'),
        VpcId: vpc(template),
        FirewallRuleGroupId: attribute(one(template, 'AWS::Route53Resolver::FirewallRuleGroup')[0], 'Id'),
        Priority: 101,
        MutationProtection: config.purpose === 'production' ? 'ENABLED' : 'DISABLED',
      }),
  },
  {
    stack: 'network',
    says: 'checks the signatures of DNS answers',
    check: (template) => expect(one(template, 'AWS::Route53Resolver::ResolverDNSSECConfig')[1]).toEqual({ ResourceId: vpc(template) }),
  },
  {
    stack: 'network',
    says: 'rings within a minute of the first refused name',
    check: (template, config) => {
      const { AlarmDescription, ...rest } = one(template, 'AWS::CloudWatch::Alarm')[1]
      expect(AlarmDescription).toBe(
        `Something in the network asked for a host name that is not on the allow-list. Runbook: https://github.com/${config.github.repository}#dns-refused`,
      )
      expect(rest).toEqual({
        AlarmName: name(config, 'dns-refused'),
        AlarmActions: [alertsTopic(config)],
        OKActions: [alertsTopic(config)],
        Namespace: 'AWS/Route53Resolver',
        MetricName: 'FirewallRuleQueryVolume',
        Dimensions: [
          { Name: 'FirewallDomainListId', Value: attribute(domainList(template, config, 'dns-everything-else')[0], 'Id') },
          { Name: 'FirewallRuleGroupId', Value: attribute(one(template, 'AWS::Route53Resolver::FirewallRuleGroup')[0], 'Id') },
        ],
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        TreatMissingData: 'notBreaching',
      })
    },
  },
]

const flowFields = [
  'version account-id vpc-id subnet-id interface-id resource-id instance-id region az-id start end',
  'srcaddr srcport dstaddr dstport pkt-srcaddr pkt-dstaddr pkt-src-aws-service pkt-dst-aws-service',
  'type protocol tcp-flags packets bytes flow-direction traffic-path action reject-reason encryption-status log-status',
].flatMap((line) => line.split(' '))

const logs: readonly Claim[] = [
  {
    stack: 'network',
    says: 'records every flow, minute by minute, in the archive of the audit account',
    check: (template, config) =>
      expect(one(template, 'AWS::EC2::FlowLog')[1]).toEqual({
        ResourceType: 'VPC',
        ResourceId: vpc(template),
        TrafficType: 'ALL',
        MaxAggregationInterval: 60,
        LogDestinationType: 's3',
        LogDestination: `arn:aws:s3:::${bucket(config, 'archive', 'audit')}/flow-logs/`,
        LogFormat: flowFields.map((field) => `\${${field}}`).join(' '),
        DestinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
        Tags: named(config, 'archive'),
      }),
  },
  {
    stack: 'network',
    says: 'records every DNS question in the archive of the audit account',
    check: (template, config) => {
      const [id, log] = one(template, 'AWS::Route53Resolver::ResolverQueryLoggingConfig')
      expect(log).toEqual({
        Name: name(config, 'dns-archive'),
        DestinationArn: `arn:aws:s3:::${bucket(config, 'archive', 'audit')}/dns-logs/`,
        Tags: named(config, 'dns-archive'),
      })
      expect(one(template, 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation')[1]).toEqual({
        ResolverQueryLogConfigId: attribute(id, 'Id'),
        ResourceId: vpc(template),
      })
    },
  },
]

/** Promise 1, no way in but the front door, and promise 2, no way out. */
export const networkClaims: readonly Claim[] = [...isolation, ...defaultGroup, ...endpoints, ...dns, ...logs]
