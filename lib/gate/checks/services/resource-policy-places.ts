import type { ControlText } from '../control.ts'

/** A place where a policy of a resource stands: it says who may use the resource, also from other accounts. */
export interface PolicySite {
  /** Start of the ids of its controls. */
  readonly id: string
  /** What the policy is, in the plural, to start a title. */
  readonly noun: string
  /** What a stranger gets: the end of "With this policy anybody ...". */
  readonly harm: string
  readonly type: string
  /** Path of the document below the properties. */
  readonly path: string
  /** Prefix of the actions of its service. */
  readonly service: string
  /** How bad it is when everybody is let in; critical by default. */
  readonly severity?: ControlText['severity']
  /** Properties of a resource with this policy. */
  readonly properties: (document: unknown) => Readonly<Record<string, unknown>>
  /** Path of the property that puts the resource into a VPC, so that nobody outside reaches it whatever the policy. */
  readonly network?: string
  /** An action for examples. */
  readonly action: string
}

const region = 'us-east-1:111122223333'
const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${rest}`

/** A place whose resource holds the document under a name, beside a few required properties. */
const site = (
  id: string,
  noun: string,
  harm: string,
  [type, path, service, action]: readonly [string, string, string, string],
  beside: Readonly<Record<string, unknown>> = {},
  severity?: ControlText['severity'],
): PolicySite => ({
  id,
  noun,
  harm,
  type: `AWS::${type}`,
  path,
  service,
  action: `${service}:${action}`,
  ...(severity !== undefined && { severity }),
  properties: (document) => ({ ...beside, ...nested(path.split('.'), document) }),
})

const nested = ([first = '', ...rest]: readonly string[], document: unknown): Readonly<Record<string, unknown>> => ({
  [first]: rest.length === 0 ? document : nested(rest, document),
})

const table = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
}

/** Every place of a resource policy that controls look at. (AWS CloudFormation Template Reference.) */
export const policySites: readonly PolicySite[] = [
  site(
    's3-bucket-policy',
    'Bucket policies',
    'reaches what is stored, or the settings of the bucket',
    ['S3::BucketPolicy', 'PolicyDocument', 's3', 'GetObject'],
    { Bucket: 'records' },
  ),
  site(
    's3-access-point-policy',
    'Policies of S3 access points',
    'reaches the objects behind the access point',
    ['S3::AccessPoint', 'Policy', 's3', 'GetObject'],
    { Bucket: 'records' },
  ),
  site(
    's3-multi-region-access-point-policy',
    'Policies of S3 Multi-Region Access Points',
    'reaches the objects in every Region',
    ['S3::MultiRegionAccessPointPolicy', 'Policy', 's3', 'GetObject'],
    { MrapName: 'records' },
  ),
  site(
    's3-object-lambda-policy',
    'Policies of S3 Object Lambda access points',
    'has the function read objects for them',
    ['S3ObjectLambda::AccessPointPolicy', 'PolicyDocument', 's3-object-lambda', 'GetObject'],
    { ObjectLambdaAccessPoint: 'redacted' },
  ),
  site(
    's3express-bucket-policy',
    'Policies of S3 directory buckets',
    'opens sessions on the bucket',
    ['S3Express::BucketPolicy', 'PolicyDocument', 's3express', 'CreateSession'],
    { Bucket: 'records--use1-az4--x-s3' },
  ),
  site(
    's3outposts-bucket-policy',
    'Bucket policies on Outposts',
    'reaches what is stored on the Outpost',
    ['S3Outposts::BucketPolicy', 'PolicyDocument', 's3-outposts', 'GetObject'],
    { Bucket: `arn:aws:s3-outposts:${region}:outpost/op-0123456789abcdef0/bucket/records` },
  ),
  site(
    's3tables-bucket-policy',
    'Policies of S3 table buckets',
    'reads the tables',
    ['S3Tables::TableBucketPolicy', 'ResourcePolicy', 's3tables', 'GetTableData'],
    { TableBucketARN: arn('s3tables', 'bucket/records') },
  ),
  site(
    's3vectors-bucket-policy',
    'Policies of S3 vector buckets',
    'reads the vectors, from which texts can be won back',
    ['S3Vectors::VectorBucketPolicy', 'Policy', 's3vectors', 'GetVectors'],
    { VectorBucketName: 'records' },
  ),
  site(
    'sns-topic-policy',
    'Topic policies',
    'publishes messages that your systems trust, or has every message sent to them',
    ['SNS::TopicPolicy', 'PolicyDocument', 'sns', 'Publish'],
    { Topics: [arn('sns', 'alerts')] },
  ),
  site(
    'sns-topic-inline-policy',
    'Inline policies of topics',
    'publishes messages that your systems trust, or has every message sent to them',
    ['SNS::TopicInlinePolicy', 'PolicyDocument', 'sns', 'Publish'],
    { TopicArn: arn('sns', 'alerts') },
  ),
  site(
    'sqs-queue-policy',
    'Queue policies',
    'sends messages that your systems work on, or takes those that wait',
    ['SQS::QueuePolicy', 'PolicyDocument', 'sqs', 'SendMessage'],
    { Queues: ['https://sqs.us-east-1.amazonaws.com/111122223333/work'] },
  ),
  site(
    'sqs-queue-inline-policy',
    'Inline policies of queues',
    'sends messages that your systems work on, or takes those that wait',
    ['SQS::QueueInlinePolicy', 'PolicyDocument', 'sqs', 'SendMessage'],
    { Queue: 'https://sqs.us-east-1.amazonaws.com/111122223333/work' },
  ),
  site('kms-key-policy', 'Key policies', 'decrypts whatever data under the key they can get hold of', [
    'KMS::Key',
    'KeyPolicy',
    'kms',
    'Decrypt',
  ]),
  site(
    'kms-replica-key-policy',
    'Policies of replica keys',
    'decrypts whatever data under the key they can get hold of',
    ['KMS::ReplicaKey', 'KeyPolicy', 'kms', 'Decrypt'],
    { PrimaryKeyArn: arn('kms', 'key/mrk-1234abcd12ab34cd56ef1234567890ab') },
  ),
  site(
    'secretsmanager-resource-policy',
    'Policies of secrets',
    'reads the secret',
    ['SecretsManager::ResourcePolicy', 'ResourcePolicy', 'secretsmanager', 'GetSecretValue'],
    { SecretId: arn('secretsmanager', 'secret:app-AbCdEf') },
  ),
  site(
    'ssm-resource-policy',
    'Policies of Systems Manager',
    'reads shared parameters or operations data',
    ['SSM::ResourcePolicy', 'Policy', 'ssm', 'GetParameter'],
    { ResourceArn: arn('ssm', 'parameter/app') },
  ),
  site(
    'ecr-repository-policy',
    'Policies of container repositories',
    'pulls the images with all that they hold, or pushes others in their place',
    ['ECR::Repository', 'RepositoryPolicyText', 'ecr', 'BatchGetImage'],
  ),
  site('ecr-public-repository-policy', 'Policies of public container repositories', 'pushes images that your users trust', [
    'ECR::PublicRepository',
    'RepositoryPolicyText',
    'ecr-public',
    'PutImage',
  ]),
  site('ecr-registry-policy', 'Policies of container registries', 'replicates images of their own into the registry', [
    'ECR::RegistryPolicy',
    'PolicyText',
    'ecr',
    'ReplicateImage',
  ]),
  site(
    'backup-vault-policy',
    'Policies of backup vaults',
    'copies backups out of the vault, or deletes them',
    ['Backup::BackupVault', 'AccessPolicy', 'backup', 'StartRestoreJob'],
    { BackupVaultName: 'records' },
  ),
  site(
    'backup-air-gapped-vault-policy',
    'Policies of air-gapped backup vaults',
    'copies backups out of the vault',
    ['Backup::LogicallyAirGappedBackupVault', 'AccessPolicy', 'backup', 'StartRestoreJob'],
    { BackupVaultName: 'records', MinRetentionDays: 7, MaxRetentionDays: 365 },
  ),
  searchDomain('opensearch-domain-policy', 'OpenSearch', 'OpenSearchService::Domain'),
  searchDomain('elasticsearch-domain-policy', 'Elasticsearch', 'Elasticsearch::Domain'),
  site(
    'events-bus-policy',
    'Policies of event buses',
    'sends events that your rules act on',
    ['Events::EventBus', 'Policy', 'events', 'PutEvents'],
    { Name: 'clinic' },
  ),
  site(
    'events-bus-policy-statement',
    'Statements of event bus policies',
    'sends events that your rules act on',
    ['Events::EventBusPolicy', 'Statement', 'events', 'PutEvents'],
    { StatementId: 'partners' },
  ),
  site(
    'logs-resource-policy',
    'Policies of CloudWatch Logs',
    'writes log entries that hide or fake what happened',
    ['Logs::ResourcePolicy', 'PolicyDocument', 'logs', 'PutLogEvents'],
    { PolicyName: 'delivery' },
    'high',
  ),
  site(
    'logs-destination-policy',
    'Policies of log destinations',
    'sends logs of their own into yours',
    ['Logs::Destination', 'DestinationPolicy', 'logs', 'PutSubscriptionFilter'],
    { DestinationName: 'central', RoleArn: 'arn:aws:iam::111122223333:role/logs', TargetArn: arn('kinesis', 'stream/logs') },
    'high',
  ),
  site(
    'apigateway-rest-api-policy',
    'Policies of REST APIs',
    'calls the API, as far as its methods ask for no other proof',
    ['ApiGateway::RestApi', 'Policy', 'execute-api', 'Invoke'],
    { Name: 'records' },
    'medium',
  ),
  site(
    'efs-file-system-resource-policy',
    'Policies of EFS file systems',
    'mounts the file system from any network that reaches it',
    ['EFS::FileSystem', 'FileSystemPolicy', 'elasticfilesystem', 'ClientMount'],
    {},
    'high',
  ),
  site(
    'dynamodb-table-policy',
    'Policies of DynamoDB tables',
    'reads and changes the records',
    ['DynamoDB::Table', 'ResourcePolicy.PolicyDocument', 'dynamodb', 'GetItem'],
    table,
  ),
  {
    ...stream(),
    properties: (PolicyDocument) => ({
      ...table,
      StreamSpecification: { StreamViewType: 'KEYS_ONLY', ResourcePolicy: { PolicyDocument } },
    }),
  },
  site(
    'kinesis-resource-policy',
    'Policies of Kinesis streams',
    'reads the records of the stream or puts others in',
    ['Kinesis::ResourcePolicy', 'ResourcePolicy', 'kinesis', 'GetRecords'],
    { ResourceArn: arn('kinesis', 'stream/visits') },
  ),
  site(
    'msk-cluster-policy',
    'Policies of Kafka clusters',
    'connects to the brokers from a network of their own',
    ['MSK::ClusterPolicy', 'Policy', 'kafka', 'CreateVpcConnection'],
    { ClusterArn: arn('kafka', 'cluster/visits/1234abcd-12ab-34cd-56ef-1234567890ab-1') },
  ),
  site(
    'mediastore-container-policy',
    'Policies of MediaStore containers',
    'fetches or replaces recordings',
    ['MediaStore::Container', 'Policy', 'mediastore', 'GetObject'],
    { ContainerName: 'recordings' },
  ),
  site(
    'codeartifact-domain-policy',
    'Policies of CodeArtifact domains',
    'reads packages, or puts some of their own into your builds',
    ['CodeArtifact::Domain', 'PermissionsPolicyDocument', 'codeartifact', 'GetAuthorizationToken'],
    { DomainName: 'clinic' },
  ),
  site(
    'codeartifact-repository-policy',
    'Policies of CodeArtifact repositories',
    'reads packages, or puts some of their own into your builds',
    ['CodeArtifact::Repository', 'PermissionsPolicyDocument', 'codeartifact', 'ReadFromRepository'],
    { DomainName: 'clinic', RepositoryName: 'packages' },
  ),
  site(
    'lambda-resource-policy',
    'Policies of Lambda functions',
    'runs the function',
    ['Lambda::ResourcePolicy', 'PolicyDocument', 'lambda', 'InvokeFunction'],
    { ResourceArn: arn('lambda', 'function:records') },
  ),
  site(
    'vpclattice-auth-policy',
    'Auth policies of VPC Lattice',
    'calls the services behind it',
    ['VpcLattice::AuthPolicy', 'Policy', 'vpc-lattice-svcs', 'Invoke'],
    { ResourceIdentifier: arn('vpc-lattice', 'service/svc-0123456789abcdef0') },
    'high',
  ),
  site(
    'vpclattice-resource-policy',
    'Sharing policies of VPC Lattice',
    'joins the network',
    ['VpcLattice::ResourcePolicy', 'Policy', 'vpc-lattice', 'CreateServiceNetworkVpcAssociation'],
    { ResourceArn: arn('vpc-lattice', 'servicenetwork/sn-0123456789abcdef0') },
    'high',
  ),
  site(
    'schemas-registry-policy',
    'Policies of schema registries',
    'reads how your events are built',
    ['EventSchemas::RegistryPolicy', 'Policy', 'schemas', 'DescribeSchema'],
    { RegistryName: 'clinic' },
    'medium',
  ),
  site(
    'xray-resource-policy',
    'Policies of X-Ray',
    'sends traces of their own into yours',
    ['XRay::ResourcePolicy', 'PolicyDocument', 'xray', 'PutTraceSegments'],
    { PolicyName: 'delivery' },
    'medium',
  ),
  site(
    'cloudtrail-resource-policy',
    'Policies of CloudTrail Lake',
    'writes events into the audit log, or reads them',
    ['CloudTrail::ResourcePolicy', 'ResourcePolicy', 'cloudtrail-data', 'PutAuditEvents'],
    { ResourceArn: arn('cloudtrail', 'channel/1234abcd-12ab-34cd-56ef-1234567890ab') },
  ),
  site(
    'oam-sink-policy',
    'Policies of monitoring sinks',
    'links accounts of their own to your monitoring',
    ['Oam::Sink', 'Policy', 'oam', 'CreateLink'],
    { Name: 'central' },
    'high',
  ),
  site(
    'aps-resource-policy',
    'Policies of Prometheus workspaces',
    'reads the metrics or writes some',
    ['APS::ResourcePolicy', 'PolicyDocument', 'aps', 'QueryMetrics'],
    { WorkspaceArn: arn('aps', 'workspace/ws-12345678-1234-1234-1234-123456789012') },
    'high',
  ),
  site(
    'mediapackage-channel-policy',
    'Policies of MediaPackage channels',
    'puts pictures of their own into the channel',
    ['MediaPackageV2::ChannelPolicy', 'Policy', 'mediapackagev2', 'PutObject'],
    { ChannelGroupName: 'clinic', ChannelName: 'theatre' },
  ),
  site(
    'sagemaker-model-group-policy',
    'Policies of SageMaker model groups',
    'reads the models or registers others',
    ['SageMaker::ModelPackageGroup', 'ModelPackageGroupPolicy', 'sagemaker', 'DescribeModelPackage'],
    { ModelPackageGroupName: 'triage' },
  ),
  site(
    'lex-resource-policy',
    'Policies of Lex bots',
    'talks to the bot or reads how it is built',
    ['Lex::ResourcePolicy', 'Policy', 'lex', 'RecognizeText'],
    { ResourceArn: arn('lex', 'bot/ABCDEFGHIJ') },
  ),
  site(
    'redshift-namespace-policy',
    'Policies of Redshift namespaces',
    'shares data into or out of the warehouse',
    ['Redshift::Cluster', 'NamespaceResourcePolicy', 'redshift', 'CreateInboundIntegration'],
    { ClusterType: 'single-node', DBName: 'visits', MasterUsername: 'steward', NodeType: 'ra3.xlplus', ManageMasterPassword: true },
  ),
  site('dsql-cluster-policy', 'Policies of Aurora DSQL clusters', 'signs in to the database', [
    'DSQL::Cluster',
    'PolicyDocument',
    'dsql',
    'DbConnect',
  ]),
]

/** Requests reach a domain in a VPC from there alone. ("About access policies on VPC domains", Amazon OpenSearch Service Developer Guide.) */
function searchDomain(id: string, engine: string, type: string): PolicySite {
  const noun = `Access policies of ${engine} domains`
  return {
    ...site(id, noun, 'searches and changes the indexes', [type, 'AccessPolicies', 'es', 'ESHttpGet']),
    network: 'VPCOptions.SubnetIds',
  }
}

function stream(): PolicySite {
  return site(
    'dynamodb-stream-policy',
    'Policies of DynamoDB streams',
    'reads every change of the table',
    ['DynamoDB::Table', 'StreamSpecification.ResourcePolicy.PolicyDocument', 'dynamodb', 'GetRecords'],
    table,
  )
}
