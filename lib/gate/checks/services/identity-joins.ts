import type { Topic } from '../../verdict.ts'
import type { Joined } from '../across-types.ts'

interface Family {
  /** Start of the ids: `kms-key-policy`. */
  readonly id: string
  /** Plural that titles begin with. */
  readonly noun: string
  /** Where the policy protects something else than who may do what: what it protects, by the question. */
  readonly topics?: Partial<Record<string, Topic>>
  /** Starts of the ids of the parts. */
  readonly of: readonly string[]
}

/** Policies of one service that stand at several types. */
const policies: readonly Family[] = [
  {
    id: 's3-bucket-policy',
    noun: 'Policies of S3 buckets and access points',
    of: [
      's3-bucket-policy',
      's3-access-point-policy',
      's3-multi-region-access-point-policy',
      's3-object-lambda-policy',
      's3express-bucket-policy',
      's3outposts-bucket-policy',
      's3tables-bucket-policy',
      's3vectors-bucket-policy',
    ],
  },
  { id: 'sns-topic-policy', noun: 'Topic policies', of: ['sns-topic-policy', 'sns-topic-inline-policy'] },
  { id: 'sqs-queue-policy', noun: 'Queue policies', of: ['sqs-queue-policy', 'sqs-queue-inline-policy'] },
  {
    id: 'kms-key-policy',
    noun: 'Key policies',
    topics: { 'any-action': 'encryption-at-rest' },
    of: ['kms-key-policy', 'kms-replica-key-policy'],
  },
  {
    id: 'ecr-policy',
    noun: 'Policies of container repositories and registries',
    of: ['ecr-repository-policy', 'ecr-public-repository-policy', 'ecr-registry-policy'],
  },
  { id: 'backup-vault-policy', noun: 'Policies of backup vaults', of: ['backup-vault-policy', 'backup-air-gapped-vault-policy'] },
  {
    id: 'opensearch-domain-policy',
    noun: 'Access policies of OpenSearch domains',
    of: ['opensearch-domain-policy', 'elasticsearch-domain-policy'],
  },
  { id: 'logs-policy', noun: 'Policies of CloudWatch Logs', of: ['logs-resource-policy', 'logs-destination-policy'] },
  { id: 'dynamodb-policy', noun: 'Policies of DynamoDB tables and streams', of: ['dynamodb-table-policy', 'dynamodb-stream-policy'] },
  { id: 'codeartifact-policy', noun: 'Policies of CodeArtifact', of: ['codeartifact-domain-policy', 'codeartifact-repository-policy'] },
  { id: 'vpclattice-policy', noun: 'Policies of VPC Lattice', of: ['vpclattice-auth-policy', 'vpclattice-resource-policy'] },
]

const questions = {
  'not-public': 'let in nobody without a name',
  'own-account': 'let in no other account',
  'service-source': 'let in services of AWS for a named source only',
  'any-action': 'name the actions that they allow',
} as const

// What policies of buckets allow by name is asked beside the other controls on buckets.
const elsewhere = ['s3-bucket-policy-any-action']

const ofPolicies: readonly Joined[] = policies.flatMap(({ id, noun, topics, of }) =>
  Object.entries(questions).map(([ending, holds]) => ({
    id: elsewhere.includes(`${id}-${ending}`) ? `s3-policy-${ending}` : `${id}-${ending}`,
    title: `${noun} ${holds}`,
    ...(topics?.[ending] !== undefined && { topic: topics[ending] }),
    of: of.map((part) => `${part}-${ending}`).filter((part) => !elsewhere.includes(part)),
  })),
)

/** Controls of identities, keys and secrets that ask the same of several types, and count as one. */
export const identityJoins: readonly Joined[] = [
  ...ofPolicies,
  {
    id: 'iam-no-inline-policy',
    title: 'Users, groups and roles have no inline policies',
    remedy: 'Write an AWS::IAM::ManagedPolicy and attach it.',
    of: ['iam-user-no-inline-policy', 'iam-group-no-inline-policy', 'iam-role-no-inline-policy', 'iam-policy-managed'],
  },
  {
    id: 'events-bus-policy-not-public',
    title: 'Policies of event buses let in nobody without a name',
    of: ['events-bus-policy-not-public', 'events-bus-policy-statement-not-public', 'events-bus-policy-principal-not-public'],
  },
  {
    id: 'events-bus-policy-own-account',
    title: 'Policies of event buses let in no other account',
    of: ['events-bus-policy-own-account', 'events-bus-policy-statement-own-account', 'events-bus-policy-principal-own-account'],
  },
  {
    id: 'events-bus-policy-service-source',
    title: 'Policies of event buses let in services of AWS for a named source only',
    of: ['events-bus-policy-service-source', 'events-bus-policy-statement-service-source'],
  },
  {
    id: 'events-bus-policy-any-action',
    title: 'Policies of event buses name the actions that they allow',
    of: ['events-bus-policy-any-action', 'events-bus-policy-statement-any-action'],
  },
  {
    id: 'rds-secret-written',
    title: 'Passwords of RDS databases do not stand in the template',
    of: ['rds-instance-secret-written', 'rds-cluster-secret-written'],
  },
  {
    id: 'docdb-secret-written',
    title: 'Passwords of DocumentDB clusters do not stand in the template',
    of: ['docdb-cluster-secret-written', 'docdb-elastic-cluster-secret-written'],
  },
  {
    id: 'redshift-secret-written',
    title: 'Passwords of Redshift do not stand in the template',
    of: ['redshift-cluster-secret-written', 'redshift-serverless-namespace-secret-written'],
  },
  {
    id: 'timestream-influxdb-secret-written',
    title: 'Passwords of InfluxDB do not stand in the template',
    of: ['timestream-influxdb-instance-secret-written', 'timestream-influxdb-cluster-secret-written'],
  },
  {
    id: 'elasticache-secret-written',
    title: 'Tokens and passwords of ElastiCache do not stand in the template',
    of: ['elasticache-replication-group-secret-written', 'elasticache-user-secret-written'],
  },
  {
    id: 'opensearch-domain-secret-written',
    title: 'Passwords of OpenSearch domains do not stand in the template',
    of: ['opensearch-domain-secret-written', 'elasticsearch-domain-secret-written'],
  },
  {
    id: 'directory-secret-written',
    title: 'Passwords of directories do not stand in the template',
    of: ['directory-microsoft-ad-secret-written', 'directory-simple-ad-secret-written'],
  },
  {
    id: 'amplify-secret-written',
    title: 'Tokens and passwords of Amplify do not stand in the template',
    of: ['amplify-app-secret-written', 'amplify-branch-secret-written'],
  },
  {
    id: 'codepipeline-secret-written',
    title: 'Tokens of CodePipeline do not stand in the template',
    of: ['codepipeline-action-secret-written', 'codepipeline-webhook-secret-written'],
  },
  {
    id: 'elbv2-secret-written',
    title: 'Client secrets of load balancers do not stand in the template',
    of: ['elbv2-listener-secret-written', 'elbv2-listener-rule-secret-written'],
  },
  {
    id: 'pinpoint-secret-written',
    title: 'Keys of Pinpoint channels do not stand in the template',
    of: ['pinpoint-gcm-channel-secret-written', 'pinpoint-apns-channel-secret-written', 'pinpoint-adm-channel-secret-written'],
  },
  {
    id: 'elasticbeanstalk-options-secret',
    title: 'Option settings of Elastic Beanstalk hold no secret',
    of: ['elasticbeanstalk-environment-options-secret', 'elasticbeanstalk-template-options-secret'],
  },
  {
    id: 'apigateway-stage-variables-secret',
    title: 'Variables of API stages hold no secret',
    of: ['apigateway-stage-variables-secret', 'apigatewayv2-stage-variables-secret'],
  },
  {
    id: 'ec2-user-data-secret',
    title: 'User data of instances holds no secret',
    of: ['ec2-instance-user-data-secret', 'ec2-launch-template-user-data-secret', 'autoscaling-launch-configuration-user-data-secret'],
  },
]
