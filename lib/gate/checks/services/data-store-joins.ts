import type { Joined } from '../across-types.ts'

/** Controls of databases, caches, search, streams and analytics that ask the same of several types, and count as one. */
export const dataStoreJoins: readonly Joined[] = [
  {
    id: 'rds-storage-encrypted',
    title: 'RDS databases encrypt their storage',
    of: ['rds-instance-storage-encrypted', 'rds-cluster-storage-encrypted', 'rds-global-cluster-storage-encrypted'],
  },
  {
    id: 'rds-customer-key',
    title: "RDS databases are encrypted with a customer's key",
    of: ['rds-instance-customer-key', 'rds-cluster-customer-key'],
  },
  {
    id: 'rds-backup-seven-days',
    title: 'RDS databases keep their backups seven days or longer',
    of: ['rds-instance-backup-seven-days', 'rds-cluster-backup-seven-days'],
  },
  {
    id: 'rds-multi-az',
    title: 'RDS databases stand in several zones',
    remedy: 'Set MultiAZ to true, or give the cluster a second instance.',
    of: ['rds-instance-multi-az', 'rds-cluster-several-zones'],
  },
  {
    id: 'rds-backups-outlive-it',
    title: 'RDS databases leave their automatic backups behind when they are deleted',
    of: ['rds-instance-backups-outlive-it', 'rds-cluster-backups-outlive-it'],
  },
  {
    id: 'rds-deletion-protection',
    title: 'RDS databases are protected from deletion',
    of: ['rds-instance-deletion-protection', 'rds-cluster-deletion-protection', 'rds-global-cluster-deletion-protection'],
  },
  {
    id: 'rds-tags-on-snapshots',
    title: 'RDS databases copy their tags to snapshots',
    of: ['rds-instance-tags-on-snapshots', 'rds-cluster-tags-on-snapshots'],
  },
  {
    id: 'rds-iam-authentication',
    title: 'RDS databases let people sign in by IAM',
    of: ['rds-instance-iam-authentication', 'rds-cluster-iam-authentication'],
  },
  {
    id: 'rds-minor-upgrades',
    title: 'RDS databases take minor versions of their engine automatically',
    of: ['rds-instance-minor-upgrades', 'rds-cluster-minor-upgrades'],
  },
  {
    id: 'rds-public',
    title: 'RDS databases have no public address',
    of: ['rds-instance-public', 'rds-cluster-public', 'rds-shard-group-public'],
  },
  {
    id: 'rds-subnet-group',
    title: 'RDS databases name their subnet group',
    of: ['rds-instance-subnet-group', 'rds-cluster-subnet-group'],
  },
  {
    id: 'rds-master-user-name',
    title: 'RDS databases have a master user of their own name',
    of: ['rds-instance-master-user-name', 'rds-cluster-master-user-name'],
  },
  {
    id: 'rds-enhanced-monitoring',
    title: 'RDS databases send enhanced monitoring',
    of: ['rds-instance-enhanced-monitoring', 'rds-cluster-enhanced-monitoring'],
  },
  {
    id: 'rds-performance-insights-customer-key',
    title: "Performance Insights of RDS databases is encrypted with a customer's key",
    of: ['rds-instance-performance-insights-customer-key', 'rds-cluster-performance-insights-customer-key'],
  },
  {
    id: 'rds-default-port',
    title: "RDS databases listen on a port that is not their engine's default",
    of: ['rds-instance-default-port', 'rds-cluster-default-port'],
  },
  {
    id: 'rds-master-password-managed',
    title: 'Secrets Manager holds the master password of RDS databases',
    of: ['rds-instance-master-password-managed', 'rds-cluster-master-password-managed'],
  },
  {
    id: 'rds-tls-forced',
    title: 'RDS databases refuse connections without TLS',
    of: ['rds-instance-tls-forced', 'rds-cluster-tls-forced', 'rds-parameter-group-tls-forced', 'rds-cluster-parameter-group-tls-forced'],
  },
  {
    id: 'rds-security-group-open',
    title: 'Security groups of RDS for EC2-Classic do not let everyone in',
    of: ['rds-security-group-open', 'rds-security-group-ingress-open'],
  },
  {
    id: 'docdb-customer-key',
    title: "DocumentDB clusters are encrypted with a customer's key",
    of: ['docdb-cluster-customer-key', 'docdb-elastic-cluster-customer-key'],
  },
  {
    id: 'docdb-backup-seven-days',
    title: 'DocumentDB clusters keep their backups seven days or longer',
    of: ['docdb-cluster-backup-seven-days', 'docdb-elastic-cluster-backup-seven-days'],
  },
  {
    id: 'neptune-customer-key',
    title: "Neptune clusters and graphs are encrypted with a customer's key",
    of: ['neptune-cluster-customer-key', 'neptune-graph-customer-key'],
  },
  {
    id: 'neptune-deletion-protection',
    title: 'Neptune clusters and graphs are protected from deletion',
    of: ['neptune-cluster-deletion-protection', 'neptune-graph-deletion-protection'],
  },
  {
    id: 'neptune-public',
    title: 'Neptune instances and graphs have no public address',
    of: ['neptune-instance-public', 'neptune-graph-public'],
  },
  {
    id: 'redshift-customer-key',
    title: "Redshift is encrypted with a customer's key",
    of: ['redshift-cluster-customer-key', 'redshift-serverless-namespace-customer-key'],
  },
  {
    id: 'redshift-public',
    title: 'Redshift has no public address',
    of: ['redshift-cluster-public', 'redshift-serverless-workgroup-public'],
  },
  {
    id: 'redshift-enhanced-vpc-routing',
    title: 'Redshift copies data by way of its VPC',
    of: ['redshift-cluster-enhanced-vpc-routing', 'redshift-serverless-workgroup-enhanced-vpc-routing'],
  },
  {
    id: 'redshift-default-port',
    title: 'Redshift listens on a port that is not its default',
    of: ['redshift-cluster-default-port', 'redshift-serverless-workgroup-default-port'],
  },
  {
    id: 'redshift-tls',
    title: 'Redshift refuses connections without TLS',
    of: ['redshift-cluster-tls', 'redshift-parameter-group-tls', 'redshift-serverless-workgroup-tls'],
  },
  {
    id: 'redshift-master-user-name',
    title: 'Redshift has an administrator of its own name',
    of: ['redshift-cluster-master-user-name', 'redshift-serverless-namespace-admin-name'],
  },
  {
    id: 'redshift-database-name',
    title: 'Databases of Redshift have a name of their own',
    of: ['redshift-cluster-database-name', 'redshift-serverless-namespace-database-name'],
  },
  {
    id: 'redshift-master-password-managed',
    title: "Secrets Manager holds the administrator's password of Redshift",
    of: ['redshift-cluster-master-password-managed', 'redshift-serverless-namespace-password-managed'],
  },
  {
    id: 'redshift-subnets',
    title: 'Redshift names its subnets',
    of: ['redshift-cluster-subnet-group', 'redshift-serverless-workgroup-subnets'],
  },
  {
    id: 'elasticache-customer-key',
    title: "ElastiCache is encrypted with a customer's key",
    of: ['elasticache-replication-group-customer-key', 'elasticache-serverless-customer-key'],
  },
  {
    id: 'elasticache-tls',
    title: 'ElastiCache encrypts connections',
    of: ['elasticache-replication-group-tls', 'elasticache-cluster-tls'],
  },
  {
    id: 'elasticache-backup',
    title: 'Redis and Valkey on ElastiCache are backed up automatically',
    of: ['elasticache-replication-group-backup', 'elasticache-cluster-backup', 'elasticache-serverless-backup'],
  },
  {
    id: 'elasticache-multi-az',
    title: 'ElastiCache stands in several zones',
    of: ['elasticache-replication-group-multi-az', 'elasticache-cluster-multi-az'],
  },
  {
    id: 'opensearch-domain-zone-awareness',
    title: 'OpenSearch domains spread their nodes over several zones',
    of: ['opensearch-domain-zone-awareness', 'elasticsearch-domain-zone-awareness'],
  },
  {
    id: 'opensearch-domain-data-nodes',
    title: 'OpenSearch domains have three data nodes or more',
    of: ['opensearch-domain-data-nodes', 'elasticsearch-domain-data-nodes'],
  },
  {
    id: 'opensearch-domain-dedicated-masters',
    title: 'OpenSearch domains have dedicated master nodes',
    of: ['opensearch-domain-dedicated-masters', 'elasticsearch-domain-dedicated-masters'],
  },
  {
    id: 'opensearch-domain-three-masters',
    title: 'OpenSearch domains with dedicated master nodes have three or more',
    of: ['opensearch-domain-three-masters', 'elasticsearch-domain-three-masters'],
  },
  {
    id: 'dms-customer-key',
    title: "DMS replications are encrypted with a customer's key",
    of: ['dms-instance-customer-key', 'dms-serverless-customer-key'],
  },
  {
    id: 'glue-security-configuration',
    title: 'Glue jobs, crawlers and development endpoints use a security configuration',
    of: ['glue-job-security-configuration', 'glue-crawler-security-configuration', 'glue-dev-endpoint-security-configuration'],
  },
  {
    id: 'bedrock-customer-key',
    title: "What Bedrock keeps is encrypted with a customer's key",
    of: [
      'bedrock-agent-customer-key',
      'bedrock-guardrail-customer-key',
      'bedrock-data-source-customer-key',
      'bedrock-prompt-customer-key',
      'bedrock-flow-customer-key',
      'bedrock-data-automation-project-customer-key',
      'bedrock-agent-memory-customer-key',
    ],
  },
  {
    id: 'omics-customer-key',
    title: "HealthOmics stores are encrypted with a customer's key",
    of: [
      'omics-sequence-store-customer-key',
      'omics-reference-store-customer-key',
      'omics-variant-store-customer-key',
      'omics-annotation-store-customer-key',
    ],
  },
  {
    id: 'appflow-customer-key',
    title: "AppFlow is encrypted with a customer's key",
    of: ['appflow-flow-customer-key', 'appflow-connector-profile-customer-key'],
  },
  {
    id: 'location-customer-key',
    title: "Location trackers and geofences are encrypted with a customer's key",
    of: ['location-tracker-customer-key', 'location-geofences-customer-key'],
  },
  {
    id: 'wisdom-customer-key',
    title: "Knowledge bases and assistants of Connect are encrypted with a customer's key",
    of: ['wisdom-knowledge-base-customer-key', 'wisdom-assistant-customer-key'],
  },
  {
    id: 'elasticache-backup-fifteen-days',
    title: 'Redis and Valkey on ElastiCache keep their backups fifteen days or longer',
    of: ['elasticache-replication-group-backup-fifteen-days', 'elasticache-cluster-backup-fifteen-days'],
  },
]
