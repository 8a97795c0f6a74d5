import type { Joined } from '../across-types.ts'

/** Controls of stores of files and records that ask the same of several types, and count as one. */
export const storageJoins: readonly Joined[] = [
  {
    id: 's3-bucket-tls-only',
    title: 'S3 buckets refuse requests without TLS',
    of: ['s3-bucket-tls-only', 's3-bucket-policy-tls-only'],
  },
  {
    id: 's3-bucket-kms-encryption',
    title: 'S3 buckets of every kind encrypt under a KMS key by default',
    of: [
      's3-bucket-kms-encryption',
      's3express-directory-bucket-kms-encryption',
      's3tables-table-bucket-kms-encryption',
      's3vectors-vector-bucket-kms-encryption',
    ],
  },
  {
    id: 's3-bucket-customer-key',
    title: 'S3 buckets of every kind encrypt under a key that the customer manages',
    of: [
      's3-bucket-customer-key',
      's3express-directory-bucket-customer-key',
      's3tables-table-bucket-customer-key',
      's3vectors-vector-bucket-customer-key',
    ],
  },
  {
    id: 's3-bucket-lifecycle',
    title: 'S3 buckets have a lifecycle rule',
    of: ['s3-bucket-lifecycle', 's3express-directory-bucket-lifecycle', 's3outposts-bucket-lifecycle'],
  },
  {
    id: 's3-access-point-public-access-block',
    title: 'S3 access points block public access in all four ways',
    of: [
      's3-access-point-public-access-block',
      's3-multi-region-access-point-public-access-block',
      's3express-access-point-public-access-block',
    ],
  },
  {
    id: 's3-access-point-vpc-only',
    title: 'S3 access points answer requests from one VPC only',
    of: ['s3-access-point-vpc-only', 's3express-access-point-vpc-only', 'fsx-s3-access-point-vpc-only'],
  },
  {
    id: 'dynamodb-point-in-time-recovery',
    title: 'DynamoDB tables can be restored to any second of the last weeks',
    of: ['dynamodb-table-point-in-time-recovery', 'dynamodb-global-table-point-in-time-recovery'],
  },
  {
    id: 'dynamodb-kms-encryption',
    title: 'DynamoDB tables are encrypted under a KMS key of the account',
    of: ['dynamodb-table-kms-encryption', 'dynamodb-global-table-kms-encryption'],
  },
  {
    id: 'dynamodb-customer-key',
    title: 'DynamoDB tables are encrypted under a key that the customer manages',
    of: ['dynamodb-table-customer-key', 'dynamodb-global-table-customer-key'],
  },
  {
    id: 'dynamodb-deletion-protection',
    title: 'DynamoDB tables are protected from deletion',
    of: ['dynamodb-table-deletion-protection', 'dynamodb-global-table-deletion-protection'],
  },
  {
    id: 'dynamodb-contributor-insights',
    title: 'DynamoDB tables show which keys are asked for most',
    of: ['dynamodb-table-contributor-insights', 'dynamodb-global-table-contributor-insights'],
  },
  {
    id: 'dynamodb-in-backup-plan',
    title: 'DynamoDB tables are in a plan of AWS Backup',
    of: ['dynamodb-table-in-backup-plan', 'dynamodb-global-table-in-backup-plan'],
  },
  {
    id: 'dynamodb-read-capacity-scales',
    title: 'DynamoDB tables scale their read capacity with demand',
    of: ['dynamodb-table-read-capacity-scales', 'dynamodb-global-table-read-capacity-scales'],
  },
  {
    id: 'backup-vault-customer-key',
    title: 'Backup vaults encrypt under a key that the customer manages',
    of: ['backup-vault-customer-key', 'backup-air-gapped-vault-customer-key'],
  },
  {
    id: 'backup-vault-minimum-retention',
    title: 'Locked and air-gapped vaults keep each backup at least 35 days',
    of: ['backup-vault-lock-minimum-retention', 'backup-air-gapped-vault-minimum-retention'],
  },
  {
    id: 'fsx-customer-key',
    title: 'FSx file systems and caches are encrypted under a key that the customer manages',
    of: ['fsx-file-system-customer-key', 'fsx-file-cache-customer-key'],
  },
  {
    id: 'fsx-automatic-backup',
    title: 'FSx file systems are backed up every day by themselves',
    remedy: 'Set AutomaticBackupRetentionDays of the configuration of the file system to 1 or more.',
    of: ['fsx-windows-automatic-backup', 'fsx-ontap-automatic-backup', 'fsx-openzfs-automatic-backup', 'fsx-lustre-automatic-backup'],
  },
  {
    id: 'fsx-several-zones',
    title: 'FSx file systems are kept in several Availability Zones',
    remedy: 'Set DeploymentType of the configuration of the file system to one with several Availability Zones.',
    of: ['fsx-windows-several-zones', 'fsx-ontap-several-zones', 'fsx-openzfs-several-zones'],
  },
  {
    id: 'fsx-backup-tags',
    title: 'Backups of FSx file systems copy their tags',
    remedy: 'Set CopyTagsToBackups of the configuration of the file system to true.',
    of: ['fsx-lustre-backup-tags', 'fsx-windows-backup-tags', 'fsx-openzfs-backup-tags'],
  },
  {
    id: 'fsx-passwords',
    title: 'Passwords of FSx do not stand in the template',
    of: ['fsx-file-system-passwords', 'fsx-storage-virtual-machine-passwords'],
  },
  {
    id: 'cloudfront-viewer-https',
    title: 'CloudFront distributions take no requests without TLS',
    of: ['cloudfront-distribution-viewer-https', 'cloudfront-distribution-path-viewer-https'],
  },
  {
    id: 'cloudfront-origin-https',
    title: 'CloudFront reaches origins over HTTPS',
    of: ['cloudfront-distribution-origin-https', 'cloudfront-vpc-origin-https'],
  },
  {
    id: 'storagegateway-kms-encryption',
    title: 'What Storage Gateway keeps is encrypted under a KMS key',
    of: [
      'storagegateway-nfs-file-share-kms-encryption',
      'storagegateway-smb-file-share-kms-encryption',
      'storagegateway-volume-kms-encryption',
      'storagegateway-tape-kms-encryption',
    ],
  },
  {
    id: 'storagegateway-customer-key',
    title: 'What Storage Gateway keeps is encrypted under a key that the customer manages',
    of: [
      'storagegateway-nfs-file-share-customer-key',
      'storagegateway-smb-file-share-customer-key',
      'storagegateway-volume-customer-key',
      'storagegateway-tape-customer-key',
    ],
  },
  {
    id: 'storagegateway-audit-log',
    title: 'File shares of Storage Gateway log who opens files',
    of: ['storagegateway-nfs-file-share-audit-log', 'storagegateway-smb-file-share-audit-log'],
  },
  {
    id: 'storagegateway-private-objects',
    title: 'File shares of Storage Gateway write no public objects',
    of: ['storagegateway-nfs-file-share-private-objects', 'storagegateway-smb-file-share-private-objects'],
  },
  {
    id: 'datasync-location-secrets',
    title: 'Passwords, keys and tokens of DataSync locations do not stand in the template',
    remedy: 'Keep it in Secrets Manager and name the secret in the location.',
    of: [
      'datasync-location-smb-password',
      'datasync-location-fsx-windows-password',
      'datasync-location-object-storage-secret-key',
      'datasync-location-azure-blob-token',
    ],
  },
]
