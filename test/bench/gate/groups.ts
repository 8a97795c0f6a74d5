import type { Resources } from './template.ts'

/** What a group of resources is made with. */
export interface Setting {
  /** Whether the group keeps to the rules; the other kind breaks the ones that teams break most. */
  readonly safe: boolean
  /** ARN of the key that safe stores are encrypted with: a value, or a function of CloudFormation. */
  readonly key: unknown
}

/** Resources that belong together, as a team writes them, under names that begin with `id`. */
export type Group = (id: string, setting: Setting) => Resources

const ref = (id: string) => ({ Ref: id })
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] })
const sub = (text: string) => ({ 'Fn::Sub': text })
const statement = (...statements: readonly unknown[]) => ({ Version: '2012-10-17', Statement: statements })
const trusts = (service: string) => statement({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' })

const bucket: Group = (id, { safe, key }) => ({
  [`${id}Bucket`]: {
    Type: 'AWS::S3::Bucket',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: safe
      ? {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } },
            ],
          },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          VersioningConfiguration: { Status: 'Enabled' },
          LoggingConfiguration: { DestinationBucketName: sub('logs-${AWS::AccountId}'), LogFilePrefix: id },
        }
      : { BucketName: sub(`${id.toLowerCase()}-\${AWS::AccountId}`) },
  },
  [`${id}BucketPolicy`]: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: ref(`${id}Bucket`),
      PolicyDocument: safe
        ? statement({
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [attribute(`${id}Bucket`, 'Arn'), sub(`\${${id}Bucket.Arn}/*`)],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          })
        : statement({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: sub(`\${${id}Bucket.Arn}/*`) }),
    },
  },
})

const table: Group = (id, { safe, key }) => ({
  [`${id}Table`]: {
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'patient', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'patient', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      ...(safe && {
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
        DeletionProtectionEnabled: true,
      }),
    },
  },
})

const lambda: Group = (id, { safe, key }) => ({
  [`${id}Log`]: {
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: `/aws/lambda/${id}`, ...(safe && { RetentionInDays: 2192, KmsKeyId: key }) },
  },
  [`${id}Role`]: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trusts('lambda.amazonaws.com'),
      Policies: [
        {
          PolicyName: 'work',
          PolicyDocument: safe
            ? statement({
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: attribute(`${id}Log`, 'Arn'),
              })
            : statement({ Effect: 'Allow', Action: '*', Resource: '*' }),
        },
      ],
    },
  },
  [`${id}Function`]: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: safe ? 'nodejs22.x' : 'nodejs16.x',
      Handler: 'index.handler',
      Role: attribute(`${id}Role`, 'Arn'),
      Code: { ZipFile: 'exports.handler = async () => ({ statusCode: 204 })' },
      Environment: { Variables: safe ? { LEVEL: 'info' } : { LEVEL: 'info', DB_PASSWORD: 'correct-horse-battery' } },
      ...(safe && {
        KmsKeyArn: key,
        ReservedConcurrentExecutions: 10,
        DeadLetterConfig: { TargetArn: sub('arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:dead') },
        VpcConfig: { SubnetIds: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'], SecurityGroupIds: ['sg-0a1b2c3d'] },
      }),
    },
  },
})

const securityGroup: Group = (id, { safe }) => ({
  [`${id}Group`]: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: `Traffic of ${id}`,
      VpcId: 'vpc-0a1b2c3d',
      SecurityGroupIngress: safe
        ? [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16', Description: 'within the network' }]
        : [
            { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' },
            { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, CidrIpv6: '::/0' },
          ],
    },
  },
})

const queue: Group = (id, { safe, key }) => ({
  [`${id}Dead`]: { Type: 'AWS::SQS::Queue', Properties: safe ? { KmsMasterKeyId: key } : { SqsManagedSseEnabled: false } },
  [`${id}Queue`]: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: attribute(`${id}Dead`, 'Arn'), maxReceiveCount: 3 },
      ...(safe && { KmsMasterKeyId: key }),
    },
  },
})

const topic: Group = (id, { safe, key }) => ({
  [`${id}Topic`]: { Type: 'AWS::SNS::Topic', Properties: safe ? { KmsMasterKeyId: key } : { DisplayName: id } },
  [`${id}TopicPolicy`]: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [ref(`${id}Topic`)],
      PolicyDocument: statement(
        safe
          ? { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: ref(`${id}Topic`) }
          : { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sns:*', Resource: ref(`${id}Topic`) },
      ),
    },
  },
})

const database: Group = (id, { safe, key }) => ({
  [`${id}Subnets`]: {
    Type: 'AWS::RDS::DBSubnetGroup',
    Properties: { DBSubnetGroupDescription: `Subnets of ${id}`, SubnetIds: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'] },
  },
  [`${id}Database`]: {
    Type: 'AWS::RDS::DBInstance',
    DeletionPolicy: 'Snapshot',
    UpdateReplacePolicy: 'Snapshot',
    Properties: {
      Engine: 'postgres',
      DBInstanceClass: 'db.m7g.large',
      AllocatedStorage: '100',
      DBSubnetGroupName: ref(`${id}Subnets`),
      MasterUsername: safe ? 'records' : 'admin',
      ...(safe
        ? {
            ManageMasterUserPassword: true,
            StorageEncrypted: true,
            KmsKeyId: key,
            MultiAZ: true,
            PubliclyAccessible: false,
            DeletionProtection: true,
            BackupRetentionPeriod: 35,
            AutoMinorVersionUpgrade: true,
            MonitoringInterval: 60,
            EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
          }
        : { MasterUserPassword: 'correct-horse-battery', PubliclyAccessible: true, BackupRetentionPeriod: 0 }),
    },
  },
})

const key: Group = (id, { safe }) => ({
  [`${id}Key`]: {
    Type: 'AWS::KMS::Key',
    Properties: {
      EnableKeyRotation: safe,
      KeyPolicy: statement({
        Effect: 'Allow',
        Principal: { AWS: safe ? sub('arn:aws:iam::${AWS::AccountId}:root') : '*' },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
  },
  [`${id}Alias`]: { Type: 'AWS::KMS::Alias', Properties: { AliasName: `alias/${id}`, TargetKeyId: ref(`${id}Key`) } },
})

const api: Group = (id, { safe }) => ({
  [`${id}Api`]: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: id } },
  [`${id}Path`]: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: ref(`${id}Api`), ParentId: attribute(`${id}Api`, 'RootResourceId'), PathPart: 'records' },
  },
  [`${id}Method`]: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref(`${id}Api`),
      ResourceId: ref(`${id}Path`),
      HttpMethod: 'GET',
      AuthorizationType: safe ? 'AWS_IAM' : 'NONE',
      Integration: { Type: 'MOCK' },
    },
  },
  [`${id}Deployment`]: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref(`${id}Api`) } },
  [`${id}Stage`]: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: ref(`${id}Api`),
      DeploymentId: ref(`${id}Deployment`),
      StageName: 'live',
      ...(safe && {
        TracingEnabled: true,
        MethodSettings: [
          {
            ResourcePath: '/*',
            HttpMethod: '*',
            LoggingLevel: 'INFO',
            CachingEnabled: true,
            CacheDataEncrypted: true,
            MetricsEnabled: true,
          },
        ],
      }),
    },
  },
})

const policy: Group = (id, { safe }) => ({
  [`${id}Policy`]: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      PolicyDocument: safe
        ? statement({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::records/*' })
        : statement({ Effect: 'Allow', Action: ['iam:PassRole', 'lambda:*', 's3:*'], Resource: '*' }),
    },
  },
})

/** The groups, each as often as it turns up: functions and buckets more than databases. */
export const groups: readonly Group[] = [
  bucket,
  bucket,
  table,
  table,
  lambda,
  lambda,
  lambda,
  securityGroup,
  securityGroup,
  queue,
  topic,
  database,
  key,
  api,
  policy,
  policy,
]

/** The smallest group: one resource. */
export const oneResource: Group = table
