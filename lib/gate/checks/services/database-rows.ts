import { atLeast, isGiven, isOff, isOn } from '../expectations.ts'
import type { PropertyRow } from '../property-control.ts'
import { isOwnUserName } from './rds-names.ts'
import { atRest, availability, backup, customerKey, exampleKey, hygiene, privateNetwork } from './safeguards.ts'

/** A database, or a cluster of them, of the family of Amazon RDS. */
export interface Database {
  /** Start of the ids of its controls. */
  readonly id: string
  /** What it is, in the plural. */
  readonly noun: string
  readonly type: string
  /** Properties of one that is encrypted, for examples. */
  readonly properties: Readonly<Record<string, unknown>>
}

/**
 * Rows that RDS, Aurora, DocumentDB and Neptune have in common, each by what it asks for; a table takes those that its database has. (AWS CloudFormation Template
 * Reference: AWS::RDS::DBInstance, AWS::RDS::DBCluster, AWS::DocDB::DBCluster, AWS::Neptune::DBCluster.)
 */
export const databaseRows = ({ id, noun, type, properties }: Database) =>
  ({
    storageEncrypted: {
      ...atRest,
      id: `${id}-storage-encrypted`,
      title: `${noun} encrypt their storage`,
      why: 'What is stored, its backups and snapshots can be read by whoever gets hold of a copy. AWS does not encrypt unless it is told to, and cannot be told later.',
      remedy: 'Set StorageEncrypted to true.',
      type,
      path: 'StorageEncrypted',
      expect: isOn,
      absent: 'fails',
      passing: properties,
      failing: { ...properties, StorageEncrypted: false },
    },
    customerKey: {
      ...customerKey,
      id: `${id}-customer-key`,
      title: `${noun} are encrypted with a customer's key`,
      why: "With AWS's own key no snapshot can be shared with a second account for recovery, and nobody can lock the data by disabling its key.",
      remedy: 'Set KmsKeyId to a KMS key of your own.',
      type,
      path: 'KmsKeyId',
      passing: { ...properties, KmsKeyId: exampleKey },
      failing: properties,
    },
    backupSevenDays: {
      ...backup,
      id: `${id}-backup-seven-days`,
      title: `${noun} keep their backups seven days or longer`,
      why: 'Damage is often noticed after a weekend or a holiday. The default of one day has by then overwritten the last good state.',
      remedy: 'Set BackupRetentionPeriod to 7 or more.',
      type,
      path: 'BackupRetentionPeriod',
      expect: atLeast(7),
      absent: 'fails',
      sensitiveOnly: true,
      passing: { ...properties, BackupRetentionPeriod: 35 },
      failing: { ...properties, BackupRetentionPeriod: 3 },
    },
    backupsOutliveIt: {
      ...backup,
      id: `${id}-backups-outlive-it`,
      severity: 'low',
      title: `${noun} leave their automatic backups behind when they are deleted`,
      why: 'Whoever deletes the database, by mistake or in malice, deletes every automatic backup in the same call.',
      remedy: 'Set DeleteAutomatedBackups to false.',
      type,
      path: 'DeleteAutomatedBackups',
      expect: isOff,
      absent: 'fails',
      sensitiveOnly: true,
      passing: { ...properties, DeleteAutomatedBackups: false },
      failing: properties,
    },
    deletionProtection: {
      ...availability,
      id: `${id}-deletion-protection`,
      title: `${noun} are protected from deletion`,
      why: 'One call, or one mistaken change of a template, deletes the database.',
      remedy: 'Set DeletionProtection to true.',
      type,
      path: 'DeletionProtection',
      expect: isOn,
      absent: 'fails',
      sensitiveOnly: true,
      passing: { ...properties, DeletionProtection: true },
      failing: properties,
    },
    tagsOnSnapshots: {
      ...hygiene,
      id: `${id}-tags-on-snapshots`,
      title: `${noun} copy their tags to snapshots`,
      why: 'Snapshots without tags escape the policies that go by tags: who may restore them, how long they are kept, what class of data they hold.',
      remedy: 'Set CopyTagsToSnapshot to true.',
      type,
      path: 'CopyTagsToSnapshot',
      expect: isOn,
      absent: 'fails',
      passing: { ...properties, CopyTagsToSnapshot: true },
      failing: properties,
    },
    subnetGroup: {
      ...privateNetwork,
      id: `${id}-subnet-group`,
      severity: 'low',
      title: `${noun} name their subnet group`,
      why: "Without one the database lands in the account's default VPC, whose subnets all lead to the internet.",
      remedy: 'Set DBSubnetGroupName to a group of private subnets.',
      type,
      path: 'DBSubnetGroupName',
      expect: isGiven,
      absent: 'fails',
      passing: { ...properties, DBSubnetGroupName: 'private-subnets' },
      failing: properties,
    },
    masterUserName: {
      ...hygiene,
      id: `${id}-master-user-name`,
      title: `${noun} have a master user of their own name`,
      why: 'Scanners try admin, root and postgres first. A name of your own makes them guess twice.',
      remedy: 'Set MasterUsername to a name that no default uses.',
      type,
      path: 'MasterUsername',
      expect: isOwnUserName,
      absent: 'does not apply',
      passing: properties,
      failing: { ...properties, MasterUsername: 'admin' },
    },
  }) as const satisfies Readonly<Record<string, PropertyRow>>
