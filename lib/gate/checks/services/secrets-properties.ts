/** Properties of a type that hold a secret. */
export interface SecretPlace {
  /** Start of the ids of its controls. */
  readonly id: string
  /** What the secret is, in the plural, to start a title. */
  readonly noun: string
  readonly type: string
  /** Paths below the properties. */
  readonly paths: readonly string[]
  /** Properties of a resource with the secret. */
  readonly properties: (secret: unknown) => Readonly<Record<string, unknown>>
  /** Values that stand there too, and are no secret. */
  readonly harmless?: RegExp
}

const place = (
  id: string,
  noun: string,
  type: string,
  paths: readonly string[],
  properties: (secret: unknown) => Readonly<Record<string, unknown>>,
  harmless?: RegExp,
): SecretPlace => ({ id, noun, type: `AWS::${type}`, paths, properties, ...(harmless && { harmless }) })

const subnets = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1']
const vpc = { VpcId: 'vpc-0123456789abcdef0', SubnetIds: subnets }
const listener = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/clinic/0123456789abcdef'
const target = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/clinic/0123456789abcdef'
const oidc = (ClientSecret: unknown) => [
  {
    Type: 'authenticate-oidc',
    Order: 1,
    AuthenticateOidcConfig: {
      Issuer: 'https://login.example.com',
      AuthorizationEndpoint: 'https://login.example.com/authorize',
      TokenEndpoint: 'https://login.example.com/token',
      UserInfoEndpoint: 'https://login.example.com/user',
      ClientId: 'clinic',
      ClientSecret,
    },
  },
  { Type: 'forward', Order: 2, TargetGroupArn: target },
]
const basic = (Password: unknown) => ({ BasicAuthConfig: { EnableBasicAuth: true, Username: 'preview', Password } })
const role = 'arn:aws:iam::111122223333:role/app'
const s3 = { BucketARN: 'arn:aws:s3:::failed', RoleARN: role }
const basicPaths = ['ConnectorProfileConfig.ConnectorProfileCredentials']
const credentials = (path: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => `${basicPaths[0]}.${path}.${name}`)

/** Where secrets are handed to AWS in properties, by the write-only and secret properties of the CloudFormation Template Reference. */
export const secretPlaces: readonly SecretPlace[] = [
  place(
    'rds-instance',
    'Passwords of RDS instances',
    'RDS::DBInstance',
    ['MasterUserPassword', 'TdeCredentialPassword'],
    (MasterUserPassword) => ({
      DBInstanceClass: 'db.t4g.medium',
      Engine: 'postgres',
      AllocatedStorage: '20',
      MasterUsername: 'steward',
      MasterUserPassword,
    }),
  ),
  place('rds-cluster', 'Passwords of RDS clusters', 'RDS::DBCluster', ['MasterUserPassword'], (MasterUserPassword) => ({
    Engine: 'aurora-postgresql',
    MasterUsername: 'steward',
    MasterUserPassword,
  })),
  place('docdb-cluster', 'Passwords of DocumentDB clusters', 'DocDB::DBCluster', ['MasterUserPassword'], (MasterUserPassword) => ({
    MasterUsername: 'steward',
    MasterUserPassword,
  })),
  place(
    'docdb-elastic-cluster',
    'Passwords of DocumentDB elastic clusters',
    'DocDBElastic::Cluster',
    ['AdminUserPassword'],
    (AdminUserPassword) => ({
      ClusterName: 'visits',
      AdminUserName: 'steward',
      AuthType: 'PLAIN_TEXT',
      ShardCapacity: 2,
      ShardCount: 1,
      AdminUserPassword,
    }),
  ),
  place('redshift-cluster', 'Passwords of Redshift clusters', 'Redshift::Cluster', ['MasterUserPassword'], (MasterUserPassword) => ({
    ClusterType: 'single-node',
    DBName: 'visits',
    MasterUsername: 'steward',
    NodeType: 'ra3.xlplus',
    MasterUserPassword,
  })),
  place(
    'redshift-serverless-namespace',
    'Passwords of Redshift Serverless',
    'RedshiftServerless::Namespace',
    ['AdminUserPassword'],
    (AdminUserPassword) => ({ NamespaceName: 'visits', AdminUsername: 'steward', AdminUserPassword }),
  ),
  place('lightsail-database', 'Passwords of Lightsail databases', 'Lightsail::Database', ['MasterUserPassword'], (MasterUserPassword) => ({
    RelationalDatabaseName: 'visits',
    RelationalDatabaseBlueprintId: 'mysql_8_0',
    RelationalDatabaseBundleId: 'micro_2_0',
    MasterDatabaseName: 'visits',
    MasterUsername: 'steward',
    MasterUserPassword,
  })),
  place('timestream-influxdb-instance', 'Passwords of InfluxDB instances', 'Timestream::InfluxDBInstance', ['Password'], (Password) => ({
    Username: 'steward',
    Password,
  })),
  place('timestream-influxdb-cluster', 'Passwords of InfluxDB clusters', 'Timestream::InfluxDBCluster', ['Password'], (Password) => ({
    Username: 'steward',
    Password,
  })),
  place('elasticache-replication-group', 'Tokens of ElastiCache', 'ElastiCache::ReplicationGroup', ['AuthToken'], (AuthToken) => ({
    ReplicationGroupDescription: 'sessions',
    TransitEncryptionEnabled: true,
    AuthToken,
  })),
  place(
    'elasticache-user',
    'Passwords of users of ElastiCache',
    'ElastiCache::User',
    ['Passwords.*', 'AuthenticationMode.Passwords.*'],
    (password) => ({ UserId: 'app', UserName: 'app', Engine: 'redis', AccessString: 'on ~app:* +@read', Passwords: [password] }),
  ),
  place('memorydb-user', 'Passwords of users of MemoryDB', 'MemoryDB::User', ['AuthenticationMode.Passwords.*'], (password) => ({
    UserName: 'app',
    AccessString: 'on ~app:* +@read',
    AuthenticationMode: { Type: 'password', Passwords: [password] },
  })),
  place(
    'opensearch-domain',
    'Passwords of OpenSearch domains',
    'OpenSearchService::Domain',
    ['AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword'],
    (MasterUserPassword) => ({
      AdvancedSecurityOptions: {
        Enabled: true,
        InternalUserDatabaseEnabled: true,
        MasterUserOptions: { MasterUserName: 'steward', MasterUserPassword },
      },
    }),
  ),
  place(
    'elasticsearch-domain',
    'Passwords of Elasticsearch domains',
    'Elasticsearch::Domain',
    ['AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword'],
    (MasterUserPassword) => ({
      AdvancedSecurityOptions: {
        Enabled: true,
        InternalUserDatabaseEnabled: true,
        MasterUserOptions: { MasterUserName: 'steward', MasterUserPassword },
      },
    }),
  ),
  place(
    'dms-endpoint',
    'Passwords of DMS endpoints',
    'DMS::Endpoint',
    [
      'Password',
      ...[
        'GcpMySQLSettings.Password',
        'KafkaSettings.SaslPassword',
        'KafkaSettings.SslClientKeyPassword',
        'MicrosoftSqlServerSettings.Password',
        'MongoDbSettings.Password',
        'OracleSettings.AsmPassword',
        'RedisSettings.AuthPassword',
      ],
    ],
    (Password) => ({ EndpointType: 'source', EngineName: 'postgres', Username: 'copy', Password }),
  ),
  place(
    'mq-broker',
    'Passwords of message brokers',
    'AmazonMQ::Broker',
    ['Users.*.Password', 'LdapServerMetadata.ServiceAccountPassword'],
    (Password) => ({
      BrokerName: 'visits',
      EngineType: 'RABBITMQ',
      DeploymentMode: 'SINGLE_INSTANCE',
      HostInstanceType: 'mq.m7g.medium',
      PubliclyAccessible: false,
      Users: [{ Username: 'app', Password }],
    }),
  ),
  place('directory-microsoft-ad', 'Passwords of Microsoft directories', 'DirectoryService::MicrosoftAD', ['Password'], (Password) => ({
    Name: 'clinic.example.com',
    Password,
    VpcSettings: vpc,
  })),
  place('directory-simple-ad', 'Passwords of simple directories', 'DirectoryService::SimpleAD', ['Password'], (Password) => ({
    Name: 'clinic.example.com',
    Password,
    Size: 'Small',
    VpcSettings: vpc,
  })),
  place(
    'appstream-directory-config',
    'Passwords of directories for AppStream',
    'AppStream::DirectoryConfig',
    ['ServiceAccountCredentials.AccountPassword'],
    (AccountPassword) => ({
      DirectoryName: 'clinic.example.com',
      OrganizationalUnitDistinguishedNames: ['OU=desks,DC=clinic,DC=example,DC=com'],
      ServiceAccountCredentials: { AccountName: 'join', AccountPassword },
    }),
  ),
  place(
    'emr-cluster',
    'Passwords of EMR clusters',
    'EMR::Cluster',
    [
      'KerberosAttributes.KdcAdminPassword',
      'KerberosAttributes.ADDomainJoinPassword',
      'KerberosAttributes.CrossRealmTrustPrincipalPassword',
    ],
    (KdcAdminPassword) => ({
      Name: 'visits',
      JobFlowRole: 'EMR_EC2_DefaultRole',
      ServiceRole: 'EMR_DefaultRole',
      Instances: {},
      KerberosAttributes: { Realm: 'EC2.INTERNAL', KdcAdminPassword },
    }),
  ),
  place(
    'amplify-app',
    'Tokens and passwords of Amplify apps',
    'Amplify::App',
    ['OauthToken', 'AccessToken', 'BasicAuthConfig.Password', 'AutoBranchCreationConfig.BasicAuthConfig.Password'],
    (AccessToken) => ({ Name: 'portal', AccessToken }),
  ),
  place('amplify-branch', 'Passwords of Amplify branches', 'Amplify::Branch', ['BasicAuthConfig.Password'], (password) => ({
    AppId: 'd1234567890abc',
    BranchName: 'preview',
    ...basic(password),
  })),
  place(
    'appflow-connector-profile',
    'Credentials of AppFlow connections',
    'AppFlow::ConnectorProfile',
    [
      ...credentials('Amplitude', 'ApiKey', 'SecretKey'),
      ...credentials('CustomConnector.ApiKey', 'ApiKey', 'ApiSecretKey'),
      ...credentials('CustomConnector.Basic', 'Password'),
      ...credentials('CustomConnector.Oauth2', 'AccessToken', 'ClientSecret', 'RefreshToken'),
      ...credentials('Datadog', 'ApiKey', 'ApplicationKey'),
      ...credentials('Dynatrace', 'ApiToken'),
      ...credentials('GoogleAnalytics', 'AccessToken', 'ClientSecret', 'RefreshToken'),
      ...credentials('InforNexus', 'SecretAccessKey'),
      ...credentials('Marketo', 'AccessToken', 'ClientSecret'),
      ...credentials('Pardot', 'AccessToken', 'RefreshToken'),
      ...credentials('Redshift', 'Password'),
      ...credentials('SAPOData.BasicAuthCredentials', 'Password'),
      ...credentials('SAPOData.OAuthCredentials', 'AccessToken', 'ClientSecret', 'RefreshToken'),
      ...credentials('Salesforce', 'AccessToken', 'JwtToken', 'RefreshToken'),
      ...credentials('ServiceNow', 'Password'),
      ...credentials('ServiceNow.OAuth2Credentials', 'AccessToken', 'ClientSecret', 'RefreshToken'),
      ...credentials('Singular', 'ApiKey'),
      ...credentials('Slack', 'AccessToken', 'ClientSecret'),
      ...credentials('Snowflake', 'Password'),
      ...credentials('Trendmicro', 'ApiSecretKey'),
      ...credentials('Veeva', 'Password'),
      ...credentials('Zendesk', 'AccessToken', 'ClientSecret'),
    ],
    (ApiKey) => ({
      ConnectorProfileName: 'desk',
      ConnectorType: 'Singular',
      ConnectionMode: 'Public',
      ConnectorProfileConfig: { ConnectorProfileCredentials: { Singular: { ApiKey } } },
    }),
  ),
  place('appsync-data-source', 'Keys of AppSync', 'AppSync::ApiKey', ['ApiKey'], (ApiKey) => ({ ApiId: 'abcdefghijklmnop', ApiKey })),
  place(
    'events-connection',
    'Credentials of EventBridge connections',
    'Events::Connection',
    [
      'AuthParameters.ApiKeyAuthParameters.ApiKeyValue',
      'AuthParameters.BasicAuthParameters.Password',
      'AuthParameters.OAuthParameters.ClientParameters.ClientSecret',
    ],
    (ApiKeyValue) => ({ AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue } } }),
  ),
  place('codebuild-source-credential', 'Tokens of CodeBuild', 'CodeBuild::SourceCredential', ['Token'], (Token) => ({
    AuthType: 'PERSONAL_ACCESS_TOKEN',
    ServerType: 'GITHUB',
    Token,
  })),
  place(
    'codepipeline-action',
    'Tokens of CodePipeline actions',
    'CodePipeline::Pipeline',
    ['Stages.*.Actions.*.Configuration.OAuthToken'],
    (OAuthToken) => ({
      RoleArn: role,
      ArtifactStore: { Type: 'S3', Location: 'artifacts' },
      Stages: [
        {
          Name: 'Source',
          Actions: [
            {
              Name: 'Source',
              ActionTypeId: { Category: 'Source', Owner: 'ThirdParty', Provider: 'GitHub', Version: '1' },
              OutputArtifacts: [{ Name: 'source' }],
              Configuration: { Owner: 'clinic', Repo: 'records', Branch: 'main', OAuthToken },
            },
          ],
        },
        {
          Name: 'Approve',
          Actions: [{ Name: 'Approve', ActionTypeId: { Category: 'Approval', Owner: 'AWS', Provider: 'Manual', Version: '1' } }],
        },
      ],
    }),
  ),
  place(
    'codepipeline-webhook',
    'Tokens of CodePipeline webhooks',
    'CodePipeline::Webhook',
    ['AuthenticationConfiguration.SecretToken'],
    (SecretToken) => ({
      Authentication: 'GITHUB_HMAC',
      AuthenticationConfiguration: { SecretToken },
      Filters: [{ JsonPath: '$.ref', MatchEquals: 'refs/heads/main' }],
      TargetPipeline: 'records',
      TargetAction: 'Source',
      TargetPipelineVersion: 1,
    }),
  ),
  place(
    'cognito-identity-provider',
    'Client secrets of identity providers',
    'Cognito::UserPoolIdentityProvider',
    ['ProviderDetails.client_secret'],
    (client_secret) => ({
      UserPoolId: 'us-east-1_abcdefghi',
      ProviderName: 'Google',
      ProviderType: 'Google',
      ProviderDetails: { client_id: 'clinic', client_secret, authorize_scopes: 'email' },
    }),
  ),
  place(
    'elbv2-listener',
    'Client secrets of load balancers',
    'ElasticLoadBalancingV2::Listener',
    ['DefaultActions.*.AuthenticateOidcConfig.ClientSecret'],
    (secret) => ({
      LoadBalancerArn: listener,
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: [{ CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab' }],
      DefaultActions: oidc(secret),
    }),
  ),
  place(
    'elbv2-listener-rule',
    'Client secrets of rules of load balancers',
    'ElasticLoadBalancingV2::ListenerRule',
    ['Actions.*.AuthenticateOidcConfig.ClientSecret'],
    (secret) => ({ Priority: 1, Conditions: [{ Field: 'path-pattern', Values: ['/records*'] }], Actions: oidc(secret) }),
  ),
  place(
    'verified-access-trust-provider',
    'Client secrets of Verified Access',
    'EC2::VerifiedAccessTrustProvider',
    ['OidcOptions.ClientSecret', 'NativeApplicationOidcOptions.ClientSecret'],
    (ClientSecret) => ({
      TrustProviderType: 'user',
      UserTrustProviderType: 'oidc',
      PolicyReferenceName: 'staff',
      OidcOptions: { ClientId: 'clinic', ClientSecret },
    }),
  ),
  place(
    'ec2-vpn-connection',
    'Keys of VPN connections',
    'EC2::VPNConnection',
    ['VpnTunnelOptionsSpecifications.*.PreSharedKey'],
    (PreSharedKey) => ({
      Type: 'ipsec.1',
      CustomerGatewayId: 'cgw-0123456789abcdef0',
      VpnGatewayId: 'vgw-0123456789abcdef0',
      VpnTunnelOptionsSpecifications: [{ PreSharedKey }],
    }),
  ),
  place(
    'glue-connection',
    'Passwords of Glue connections',
    'Glue::Connection',
    [
      'ConnectionInput.ConnectionProperties.PASSWORD',
      'ConnectionInput.ConnectionProperties.ENCRYPTED_PASSWORD',
      'ConnectionInput.AuthenticationConfiguration.BasicAuthenticationCredentials.Password',
      'ConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.*',
    ],
    (PASSWORD) => ({
      CatalogId: '111122223333',
      ConnectionInput: {
        ConnectionType: 'JDBC',
        ConnectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example.com/visits', USERNAME: 'read', PASSWORD },
      },
    }),
  ),
  place('iam-user', 'Passwords of IAM users', 'IAM::User', ['LoginProfile.Password'], (Password) => ({
    LoginProfile: { Password, PasswordResetRequired: true },
  })),
  place('iam-server-certificate', 'Private keys of IAM certificates', 'IAM::ServerCertificate', ['PrivateKey'], (PrivateKey) => ({
    ServerCertificateName: 'old',
    PrivateKey,
  })),
  place('transfer-certificate', 'Private keys of Transfer Family', 'Transfer::Certificate', ['PrivateKey'], (PrivateKey) => ({
    Usage: 'SIGNING',
    Certificate: 'certificate',
    PrivateKey,
  })),
  place(
    'firehose-stream',
    'Passwords and tokens of Firehose streams',
    'KinesisFirehose::DeliveryStream',
    [
      'RedshiftDestinationConfiguration.Password',
      'SplunkDestinationConfiguration.HECToken',
      'HttpEndpointDestinationConfiguration.EndpointConfiguration.AccessKey',
      'SnowflakeDestinationConfiguration.PrivateKey',
      'SnowflakeDestinationConfiguration.KeyPassphrase',
    ],
    (AccessKey) => ({
      HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: 'https://logs.example.com', AccessKey }, S3Configuration: s3 },
    }),
  ),
  place(
    'managedblockchain-member',
    'Passwords of blockchain members',
    'ManagedBlockchain::Member',
    ['MemberConfiguration.MemberFrameworkConfiguration.MemberFabricConfiguration.AdminPassword'],
    (AdminPassword) => ({
      NetworkId: 'n-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      MemberConfiguration: {
        Name: 'clinic',
        MemberFrameworkConfiguration: { MemberFabricConfiguration: { AdminUsername: 'steward', AdminPassword } },
      },
    }),
  ),
  place('backup-gateway-hypervisor', 'Passwords of hypervisors', 'BackupGateway::Hypervisor', ['Password'], (Password) => ({
    Host: 'hypervisor.example.com',
    Name: 'cellar',
    Username: 'backup',
    Password,
  })),
  place('connect-user', 'Passwords of Connect users', 'Connect::User', ['Password'], (Password) => ({
    InstanceArn: 'arn:aws:connect:us-east-1:111122223333:instance/12345678-1234-1234-1234-123456789012',
    RoutingProfileArn:
      'arn:aws:connect:us-east-1:111122223333:instance/12345678-1234-1234-1234-123456789012/routing-profile/12345678-1234-1234-1234-123456789012',
    SecurityProfileArns: [
      'arn:aws:connect:us-east-1:111122223333:instance/12345678-1234-1234-1234-123456789012/security-profile/12345678-1234-1234-1234-123456789012',
    ],
    PhoneConfig: { PhoneType: 'SOFT_PHONE' },
    Username: 'desk',
    Password,
  })),
  place(
    'quicksight-data-source',
    'Passwords of QuickSight data sources',
    'QuickSight::DataSource',
    [
      'Credentials.CredentialPair.Password',
      'Credentials.KeyPairCredentials.PrivateKey',
      'Credentials.KeyPairCredentials.PrivateKeyPassphrase',
      'Credentials.OAuthClientCredentials.ClientSecret',
    ],
    (Password) => ({ Name: 'visits', Type: 'POSTGRESQL', Credentials: { CredentialPair: { Username: 'read', Password } } }),
  ),
  place('pinpoint-gcm-channel', 'Keys of Pinpoint for Firebase', 'Pinpoint::GCMChannel', ['ApiKey', 'ServiceJson'], (ApiKey) => ({
    ApplicationId: '0123456789abcdef0123456789abcdef',
    ApiKey,
  })),
  place('pinpoint-apns-channel', 'Keys of Pinpoint for Apple', 'Pinpoint::APNSChannel', ['PrivateKey', 'TokenKey'], (TokenKey) => ({
    ApplicationId: '0123456789abcdef0123456789abcdef',
    TokenKey,
  })),
  place(
    'pinpoint-adm-channel',
    'Client secrets of Pinpoint for Amazon devices',
    'Pinpoint::ADMChannel',
    ['ClientSecret'],
    (ClientSecret) => ({ ApplicationId: '0123456789abcdef0123456789abcdef', ClientId: 'clinic', ClientSecret }),
  ),
  place(
    'ses-email-identity',
    'Signing keys of SES',
    'SES::EmailIdentity',
    ['DkimSigningAttributes.DomainSigningPrivateKey'],
    (DomainSigningPrivateKey) => ({
      EmailIdentity: 'clinic.example.com',
      DkimSigningAttributes: { DomainSigningSelector: 'mail', DomainSigningPrivateKey },
    }),
  ),
  place(
    'sagemaker-workforce',
    'Client secrets of SageMaker workforces',
    'SageMaker::Workforce',
    ['OidcConfig.ClientSecret'],
    (ClientSecret) => ({
      WorkforceName: 'labels',
      OidcConfig: {
        AuthorizationEndpoint: 'https://login.example.com/authorize',
        TokenEndpoint: 'https://login.example.com/token',
        UserInfoEndpoint: 'https://login.example.com/user',
        JwksUri: 'https://login.example.com/keys',
        LogoutEndpoint: 'https://login.example.com/logout',
        Issuer: 'https://login.example.com',
        ClientId: 'clinic',
        ClientSecret,
      },
    }),
  ),
  place('apigateway-api-key', 'Keys of API Gateway', 'ApiGateway::ApiKey', ['Value'], (Value) => ({ Enabled: true, Value })),
  place(
    'lambda-permission-token',
    'Event source tokens of Lambda permissions',
    'Lambda::Permission',
    ['EventSourceToken'],
    (EventSourceToken) => ({
      Action: 'lambda:InvokeFunction',
      FunctionName: 'skill',
      Principal: 'alexa-appkit.amazon.com',
      EventSourceToken,
    }),
    // The id of an Alexa skill, which its users are shown too.
    /^amzn1\.ask\.skill\./,
  ),
  place(
    'directconnect-private-interface',
    'Keys of Direct Connect interfaces',
    'DirectConnect::PrivateVirtualInterface',
    ['BgpPeers.*.AuthKey'],
    (AuthKey) => ({
      ConnectionId: 'dxcon-abcdefgh',
      DirectConnectGatewayId: '12345678-1234-1234-1234-123456789012',
      VirtualInterfaceName: 'clinic',
      Vlan: 100,
      BgpPeers: [{ AddressFamily: 'ipv4', Asn: '65000', AuthKey }],
    }),
  ),
]
