import type { ResourceControl } from '../control.ts'
import { inBackupPlan } from './backup-coverage.ts'
import { only } from './inheritance.ts'
import { isPrimary } from './rds-engine.ts'

const instance = {
  Engine: 'postgres',
  DBInstanceClass: 'db.m6g.large',
  AllocatedStorage: '100',
  MasterUsername: 'clinic',
  ManageMasterUserPassword: true,
  StorageEncrypted: true,
}
const cluster = { Engine: 'aurora-postgresql', MasterUsername: 'clinic', ManageMasterUserPassword: true, StorageEncrypted: true }
const backedUp = (id: string, noun: string, type: string, properties: Readonly<Record<string, unknown>>, arn?: string): ResourceControl =>
  inBackupPlan({
    id: `${id}-in-backup-plan`,
    title: `${noun} are in a plan of AWS Backup`,
    type,
    properties,
    ...(arn !== undefined && { arn }),
  })

/** Controls on databases and machines that a plan of AWS Backup should take; replicas and members of clusters are their source's matter. */
export const moreInBackupPlanControls: readonly ResourceControl[] = [
  ...only(isPrimary, [backedUp('rds-instance', 'RDS instances', 'AWS::RDS::DBInstance', instance, 'DBInstanceArn')]),
  backedUp('rds-cluster', 'RDS clusters', 'AWS::RDS::DBCluster', cluster, 'DBClusterArn'),
]
