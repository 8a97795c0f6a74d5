import type { Joined } from '../across-types.ts'

/** Controls of stores of every service that ask the same of several types, and count as one. */
export const storeJoins: readonly Joined[] = [
  {
    id: 'store-kept-on-deletion',
    title: 'Stores outlive their stack, or leave a snapshot',
    remedy: 'Set DeletionPolicy to Retain, or to Snapshot where the type knows it.',
    of: [
      'rds-instance-kept-on-deletion',
      'rds-cluster-kept-on-deletion',
      'docdb-cluster-kept-on-deletion',
      'neptune-cluster-kept-on-deletion',
      'redshift-cluster-kept-on-deletion',
      'elasticache-replication-group-kept-on-deletion',
      'dynamodb-table-kept-on-deletion',
      'dynamodb-global-table-kept-on-deletion',
      'efs-file-system-kept-on-deletion',
      'ec2-volume-kept-on-deletion',
      'logs-log-group-kept-on-deletion',
    ],
  },
  {
    id: 'store-kept-on-replacement',
    title: 'Stores that an update replaces are kept, or leave a snapshot',
    remedy: 'Set UpdateReplacePolicy to Retain, or to Snapshot where the type knows it.',
    of: [
      'rds-instance-kept-on-replacement',
      'rds-cluster-kept-on-replacement',
      'docdb-cluster-kept-on-replacement',
      'neptune-cluster-kept-on-replacement',
      'redshift-cluster-kept-on-replacement',
      'elasticache-replication-group-kept-on-replacement',
      'dynamodb-table-kept-on-replacement',
      'dynamodb-global-table-kept-on-replacement',
      'efs-file-system-kept-on-replacement',
      'ec2-volume-kept-on-replacement',
      'logs-log-group-kept-on-replacement',
    ],
  },
]
