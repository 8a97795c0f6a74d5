import type { PlainResource } from './mutants.ts'

/** Properties that are written over those of a resource, as `addPropertyOverride` does. */
export interface Override {
  readonly name: string
  readonly properties: (properties: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
}

/** Resources that are written beside one, which they name by its logical id. */
export interface Beside {
  readonly name: string
  readonly resources: (logicalId: string, properties: Readonly<Record<string, unknown>>) => Readonly<Record<string, PlainResource>>
}

const stranger = '999988887777'
const written = (name: string, properties: Readonly<Record<string, unknown>>): Override => ({ name, properties: () => properties })
const appended = (name: string, property: string, value: unknown): Override => ({
  name,
  properties: (properties) => ({ [property]: [...((properties[property] as readonly unknown[] | undefined) ?? []), value] }),
})
const beside = (name: string, resource: (logicalId: string, properties: Readonly<Record<string, unknown>>) => PlainResource): Beside => ({
  name,
  resources: (logicalId, properties) => ({ [`${logicalId}Added`]: resource(logicalId, properties) }),
})

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const managed = (name: string): string => `arn:aws:iam::aws:policy/${name}`

const identity: readonly Override[] = [
  ...['AdministratorAccess', 'IAMFullAccess', 'PowerUserAccess'].map((name) =>
    appended(`given ${name}`, 'ManagedPolicyArns', managed(name)),
  ),
  written('given an inline policy that allows everything', { Policies: [{ PolicyName: 'all', PolicyDocument: everything }] }),
]

const rule = (cidr: string, port?: number): Readonly<Record<string, unknown>> => ({
  [cidr.includes(':') ? 'CidrIpv6' : 'CidrIp']: cidr,
  ...(port === undefined ? { IpProtocol: '-1' } : { IpProtocol: 'tcp', FromPort: port, ToPort: port }),
})
const halves = [rule('0.0.0.0/1'), rule('128.0.0.0/1')]

const inbound = (name: string, ...rules: readonly unknown[]): Override => ({
  name: `opened to the internet, ${name}`,
  properties: ({ SecurityGroupIngress }) => ({ SecurityGroupIngress: [...((SecurityGroupIngress as readonly unknown[]) ?? []), ...rules] }),
})

const secret = { DB_PASSWORD: 'Kq7-vTz2pLw9', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
const environmentWith = (name: keyof typeof secret): Override => ({
  name: `given a secret as ${name}`,
  properties: ({ Environment }) => {
    const { Variables } = (Environment ?? {}) as { readonly Variables?: object }
    return { Environment: { Variables: { ...Variables, [name]: secret[name] } } }
  },
})

/** Raw overrides, by type. */
export const overrides: Readonly<Record<string, readonly Override[]>> = {
  'AWS::ApiGateway::Authorizer': [],
  'AWS::ApiGateway::RestApi': [
    { name: 'given old versions of TLS', properties: () => ({ SecurityPolicy: 'TLS_1_0', EndpointAccessMode: undefined }) },
    written('given a policy that lets everybody call without a signature', {
      Policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:*', Resource: '*' }] },
    }),
  ],
  'AWS::ApiGateway::Stage': [
    written('given a cache in plain text', {
      CacheClusterEnabled: true,
      CacheClusterSize: '0.5',
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true, CacheDataEncrypted: false, LoggingLevel: 'ERROR' }],
    }),
    written('given a secret as a stage variable', { Variables: { password: secret.DB_PASSWORD } }),
  ],
  'AWS::Cognito::UserPoolClient': [
    written('given the implicit flow', {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['implicit'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://example.org/'],
    }),
    written('given a return address without TLS', {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['http://example.org/'],
    }),
  ],
  'AWS::DynamoDB::Table': [],
  'AWS::EC2::SecurityGroup': [
    inbound('any port', rule('0.0.0.0/0')),
    inbound('any port, IPv6', rule('::/0')),
    inbound('port 22', rule('0.0.0.0/0', 22)),
    inbound('port 3389', rule('0.0.0.0/0', 3389)),
    inbound('port 443', rule('0.0.0.0/0', 443)),
    inbound('port 5432', rule('0.0.0.0/0', 5432)),
    inbound('in two halves', ...halves),
    appended('given every way out', 'SecurityGroupEgress', rule('0.0.0.0/0')),
    appended('given every way out by IPv6', 'SecurityGroupEgress', rule('::/0')),
    { name: 'given every way out in two halves', properties: () => ({ SecurityGroupEgress: halves }) },
  ],
  'AWS::EC2::Subnet': [
    written('given public addresses', { MapPublicIpOnLaunch: true }),
    written('given public IPv6 addresses', { AssignIpv6AddressOnCreation: true, Ipv6CidrBlock: '2001:db8::/64' }),
  ],
  'AWS::IAM::Group': identity,
  'AWS::IAM::Role': identity,
  'AWS::IAM::User': [...identity, written('given a password', { LoginProfile: { Password: secret.DB_PASSWORD } })],
  'AWS::KMS::Key': [],
  'AWS::Lambda::Function': [
    environmentWith('DB_PASSWORD'),
    environmentWith('AWS_SECRET_ACCESS_KEY'),
    written('given code of another account', { Layers: [`arn:aws:lambda:us-east-1:${stranger}:layer:any:1`] }),
  ],
  'AWS::S3::Bucket': [
    ...['PublicRead', 'PublicReadWrite', 'AuthenticatedRead'].map((acl) =>
      written(`given the ACL ${acl}`, {
        AccessControl: acl,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
        PublicAccessBlockConfiguration: {},
      }),
    ),
    written('given a website', { WebsiteConfiguration: { IndexDocument: 'index.html' } }),
    written('given CORS for everybody', { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] } }),
    written('copied to another account', {
      VersioningConfiguration: { Status: 'Enabled' },
      ReplicationConfiguration: {
        Role: `arn:aws:iam::${stranger}:role/copy`,
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::strangers', Account: stranger } }],
      },
    }),
  ],
}

const openRule = (logicalId: string, more: object): PlainResource => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId: { 'Fn::GetAtt': [logicalId, 'GroupId'] }, ...more },
})
const route = (logicalId: string, more: object): PlainResource => ({
  Type: 'AWS::EC2::Route',
  Properties: { RouteTableId: { Ref: logicalId }, ...more },
})
const gateway = (logicalId: string): Readonly<Record<string, PlainResource>> => ({
  [`${logicalId}Gateway`]: { Type: 'AWS::EC2::InternetGateway' },
})
const through = (logicalId: string) => ({ GatewayId: { Ref: `${logicalId}Gateway` } })
const permission = (logicalId: string, more: object): PlainResource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { FunctionName: { Ref: logicalId }, Action: 'lambda:InvokeFunction', ...more },
})

/** Resources written beside one, by its type. */
export const companions: Readonly<Record<string, readonly Beside[]>> = {
  'AWS::ApiGateway::Resource': [
    beside('given a method that anybody may call', (logicalId, { RestApiId }) => ({
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId,
        ResourceId: { Ref: logicalId },
        HttpMethod: 'HEAD',
        AuthorizationType: 'NONE',
        Integration: { Type: 'MOCK' },
      },
    })),
  ],
  'AWS::EC2::RouteTable': [
    {
      name: 'given a way to the internet',
      resources: (id) => ({ ...gateway(id), [`${id}Route`]: route(id, { DestinationCidrBlock: '0.0.0.0/0', ...through(id) }) }),
    },
    {
      name: 'given a way to the internet in two halves',
      resources: (id) => ({
        ...gateway(id),
        [`${id}Lower`]: route(id, { DestinationCidrBlock: '0.0.0.0/1', ...through(id) }),
        [`${id}Upper`]: route(id, { DestinationCidrBlock: '128.0.0.0/1', ...through(id) }),
      }),
    },
    {
      name: 'given a way to the internet by IPv6',
      resources: (id) => ({
        [`${id}Gateway`]: { Type: 'AWS::EC2::EgressOnlyInternetGateway', Properties: { VpcId: 'vpc-0' } },
        [`${id}Route`]: route(id, { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: { Ref: `${id}Gateway` } }),
      }),
    },
    beside('given a way to the internet behind NAT', (id) =>
      route(id, { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-0123456789abcdef0' }),
    ),
    beside('given a way to another network', (id) =>
      route(id, { DestinationCidrBlock: '10.99.0.0/16', VpcPeeringConnectionId: 'pcx-0123456789abcdef0' }),
    ),
  ],
  'AWS::EC2::SecurityGroup': [
    beside('opened by a rule beside it', (id) => openRule(id, rule('0.0.0.0/0'))),
    beside('opened for port 22 by a rule beside it', (id) => openRule(id, rule('0.0.0.0/0', 22))),
    {
      name: 'opened in two halves by rules beside it',
      resources: (id) => Object.fromEntries(halves.map((half, index) => [`${id}Half${index}`, openRule(id, half)])),
    },
    beside('given every way out by a rule beside it', (id) => ({
      Type: 'AWS::EC2::SecurityGroupEgress',
      Properties: { GroupId: { 'Fn::GetAtt': [id, 'GroupId'] }, ...rule('0.0.0.0/0') },
    })),
  ],
  'AWS::EC2::VPC': [
    {
      name: 'given an internet gateway',
      resources: (id) => ({
        ...gateway(id),
        [`${id}Attached`]: {
          Type: 'AWS::EC2::VPCGatewayAttachment',
          Properties: { VpcId: { Ref: id }, InternetGatewayId: { Ref: `${id}Gateway` } },
        },
      }),
    },
    beside('joined to a network of another account', (id) => ({
      Type: 'AWS::EC2::VPCPeeringConnection',
      Properties: { VpcId: { Ref: id }, PeerVpcId: 'vpc-0123456789abcdef0', PeerOwnerId: stranger },
    })),
  ],
  'AWS::IAM::ManagedPolicy': [],
  'AWS::IAM::Role': [
    beside('given a policy beside it that allows everything', (id) => ({
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'added', Roles: [{ Ref: id }], PolicyDocument: everything },
    })),
  ],
  'AWS::IAM::User': [
    beside('given an access key', (id) => ({ Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: id } } })),
    beside('given a policy beside it that allows everything', (id) => ({
      Type: 'AWS::IAM::UserPolicy',
      Properties: { PolicyName: 'added', UserName: { Ref: id }, PolicyDocument: everything },
    })),
  ],
  'AWS::KMS::Key': [],
  'AWS::Lambda::Function': [
    beside('lent to everybody', (id) => permission(id, { Principal: '*' })),
    beside('lent to another account', (id) => permission(id, { Principal: stranger })),
    beside('lent to a service that anybody may use', (id) => permission(id, { Principal: 's3.amazonaws.com' })),
    {
      name: 'given an address that anybody may call',
      resources: (id) => ({
        [`${id}Url`]: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { Ref: id }, AuthType: 'NONE' } },
        [`${id}Added`]: permission(id, { Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' }),
      }),
    },
  ],
  'AWS::SNS::Topic': [
    beside('told to an address without TLS', (id) => ({
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: id }, Protocol: 'http', Endpoint: 'http://example.org/' },
    })),
  ],
}

/** Resources of their own that a template may not have. */
export const intruders: Readonly<Record<string, PlainResource>> = {
  'a role that everybody may assume': {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
      },
    },
  },
  'a role that another account may assume': {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${stranger}:root` }, Action: 'sts:AssumeRole' }],
      },
    },
  },
  'a user': { Type: 'AWS::IAM::User' },
  'a managed policy that allows everything': { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: everything } },
  'a bucket as it comes': { Type: 'AWS::S3::Bucket' },
  'a table as it comes': {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
  },
  'a database that the internet reaches': {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      AllocatedStorage: '20',
      ManageMasterUserPassword: true,
      PubliclyAccessible: true,
    },
  },
}
