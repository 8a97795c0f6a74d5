import { coversAction } from '../../access/actions.ts'
import { statementsOf } from '../../access/statement.ts'
import { isMap } from '../../template/value.ts'
import { fail, pass, type ResourceControl, undecided } from '../control.ts'
import { atLeast, isGiven } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { anyCopyTo, coldStorageFits, runsDaily } from './backup-rules.ts'
import { someEntry } from './entries.ts'
import { backup, customerKey, exampleKey, monitoring, notPublic } from './safeguards.ts'

const vaultType = 'AWS::Backup::BackupVault'
const airGappedType = 'AWS::Backup::LogicallyAirGappedBackupVault'
const planType = 'AWS::Backup::BackupPlan'
const vault = { BackupVaultName: 'records' }
const airGapped = { BackupVaultName: 'records', MinRetentionDays: 35, MaxRetentionDays: 365 }
const rule = { RuleName: 'daily', TargetBackupVault: 'records', ScheduleExpression: 'cron(0 5 ? * * *)' }
const plan = (part: Readonly<Record<string, unknown>>) => ({
  BackupPlan: { BackupPlanName: 'records', BackupPlanRule: [{ ...rule, ...part }] },
})
const rules = 'BackupPlan.BackupPlanRule'
const other = 'arn:aws:backup:us-west-2:111122223333:backup-vault:records'
const copied = (Lifecycle?: Readonly<Record<string, unknown>>) =>
  plan({ CopyActions: [{ DestinationBackupVaultArn: other, ...(Lifecycle !== undefined && { Lifecycle }) }] })
const lockedBackup = { ...backup, citations: [...backup.citations, '164.312(c)(1)'] } as const

const vaults = propertyControls([
  {
    ...customerKey,
    sensitiveOnly: false,
    id: 'backup-vault-customer-key',
    title: 'Backup vaults encrypt under a key that the customer manages',
    why: 'A vault under the key of AWS Backup cannot be shared with another account, and its backups cannot be cut off by disabling a key.',
    remedy: 'Set EncryptionKeyArn to a KMS key of your own.',
    type: vaultType,
    path: 'EncryptionKeyArn',
    passing: { ...vault, EncryptionKeyArn: exampleKey },
    failing: vault,
  },
  {
    ...customerKey,
    severity: 'low',
    sensitiveOnly: false,
    id: 'backup-air-gapped-vault-customer-key',
    title: 'Logically air-gapped vaults encrypt under a key that the customer manages',
    why: 'By default the key belongs to AWS: no use of it stands in your CloudTrail, and no policy of yours governs it.',
    remedy: 'Set EncryptionKeyArn to a KMS key of your own.',
    type: airGappedType,
    path: 'EncryptionKeyArn',
    passing: { ...airGapped, EncryptionKeyArn: exampleKey },
    failing: airGapped,
  },
  {
    ...lockedBackup,
    id: 'backup-vault-lock',
    title: 'Backup vaults are locked: no backup goes before its time',
    why: 'Ransomware deletes the backups first. A lock holds against every role of the account while the retention lasts.',
    remedy: 'Set LockConfiguration with MinRetentionDays.',
    type: vaultType,
    path: 'LockConfiguration',
    expect: isGiven,
    absent: 'fails',
    sensitiveOnly: true,
    passing: { ...vault, LockConfiguration: { MinRetentionDays: 35 } },
    failing: vault,
  },
  {
    ...lockedBackup,
    severity: 'low',
    id: 'backup-vault-lock-compliance-mode',
    title: 'The lock of a backup vault cannot be taken off',
    why: 'In governance mode whoever may call DeleteBackupVaultLockConfiguration takes the lock off first and deletes then.',
    remedy: 'Set LockConfiguration.ChangeableForDays: after these days the lock stays for ever.',
    type: vaultType,
    path: 'LockConfiguration.ChangeableForDays',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'LockConfiguration', expect: isGiven },
    passing: { ...vault, LockConfiguration: { MinRetentionDays: 35, ChangeableForDays: 3 } },
    failing: { ...vault, LockConfiguration: { MinRetentionDays: 35 } },
  },
  {
    ...backup,
    id: 'backup-vault-lock-minimum-retention',
    title: 'Locked vaults keep each backup at least 35 days',
    why: 'An intruder is often found only after weeks. A shorter minimum lets every backup from before the break-in go.',
    remedy: 'Set LockConfiguration.MinRetentionDays to 35 or more.',
    type: vaultType,
    path: 'LockConfiguration.MinRetentionDays',
    expect: atLeast(35),
    absent: 'does not apply',
    sensitiveOnly: true,
    passing: { ...vault, LockConfiguration: { MinRetentionDays: 35 } },
    failing: { ...vault, LockConfiguration: { MinRetentionDays: 1 } },
  },
  {
    ...backup,
    id: 'backup-air-gapped-vault-minimum-retention',
    title: 'Logically air-gapped vaults keep each backup at least 35 days',
    why: 'An intruder is often found only after weeks. A shorter minimum lets every backup from before the break-in go.',
    remedy: 'Set MinRetentionDays to 35 or more.',
    type: airGappedType,
    path: 'MinRetentionDays',
    expect: atLeast(35),
    absent: 'fails',
    sensitiveOnly: true,
    passing: airGapped,
    failing: { ...airGapped, MinRetentionDays: 7 },
  },
  {
    ...notPublic,
    topic: 'authn-authz',
    severity: 'low',
    id: 'backup-vault-access-policy',
    title: 'Backup vaults have an access policy',
    why: 'Without one every role with broad rights in the account reads, copies and deletes backups.',
    remedy: 'Set AccessPolicy.',
    type: [vaultType, airGappedType],
    path: 'AccessPolicy',
    expect: isGiven,
    absent: 'fails',
    passing: { ...vault, AccessPolicy: denying('backup:DeleteRecoveryPoint') },
    failing: vault,
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'backup-vault-notifications',
    title: 'Backup vaults tell a topic of what happens to backups',
    why: 'A backup that fails every night is otherwise found on the day it is needed.',
    remedy: 'Set Notifications with BACKUP_JOB_COMPLETED or other events of failure.',
    type: [vaultType, airGappedType],
    path: 'Notifications.BackupVaultEvents',
    expect: isGiven,
    absent: 'fails',
    passing: {
      ...vault,
      Notifications: { SNSTopicArn: 'arn:aws:sns:us-east-1:111122223333:backups', BackupVaultEvents: ['BACKUP_JOB_COMPLETED'] },
    },
    failing: vault,
  },
])

const plans = propertyControls([
  {
    ...backup,
    id: 'backup-plan-retention',
    title: 'Backup plans keep backups at least 35 days',
    why: 'An intruder is often found only after weeks; by then shorter backups hold nothing from before.',
    remedy: 'Set Lifecycle.DeleteAfterDays of each rule to 35 or more, or leave it out to keep backups for ever.',
    type: planType,
    path: `${rules}.*.Lifecycle.DeleteAfterDays`,
    expect: atLeast(35),
    absent: 'passes',
    passing: plan({ Lifecycle: { DeleteAfterDays: 35 } }),
    failing: plan({ Lifecycle: { DeleteAfterDays: 7 } }),
  },
  {
    ...backup,
    id: 'backup-plan-daily',
    title: 'Backup plans make a backup at least every day',
    why: 'What was written since the last backup is lost: with a weekly plan that is up to seven days of care.',
    remedy: 'Give a rule a ScheduleExpression that runs every day.',
    type: planType,
    path: rules,
    expect: someEntry(runsDaily),
    absent: 'fails',
    passing: plan({}),
    failing: plan({ ScheduleExpression: 'cron(0 5 ? * SUN *)' }),
  },
  {
    ...backup,
    severity: 'low',
    id: 'backup-plan-cold-storage',
    title: 'Backups in cold storage stay there at least 90 days',
    why: 'AWS Backup refuses a plan that deletes sooner, so that no backup is made by it.',
    remedy: 'Set DeleteAfterDays at least 90 days after MoveToColdStorageAfterDays.',
    type: planType,
    path: `${rules}.*.Lifecycle`,
    expect: coldStorageFits,
    absent: 'passes',
    passing: plan({ Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365 } }),
    failing: plan({ Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 60 } }),
  },
  {
    ...backup,
    id: 'backup-plan-copies',
    title: 'Backup plans copy backups to another vault',
    why: 'A copy in another Region or account outlives the loss of this one, and of its administrators.',
    remedy: 'Give a rule CopyActions, or a TargetLogicallyAirGappedBackupVaultArn.',
    type: planType,
    path: rules,
    expect: someEntry(anyCopyTo),
    absent: 'fails',
    passing: copied(),
    failing: plan({}),
  },
  {
    ...backup,
    severity: 'low',
    id: 'backup-plan-copy-retention',
    title: 'Copies of backups are kept at least 35 days',
    why: 'The copy is what is left when the vault beside the data is lost; a few days are no use then.',
    remedy: 'Set Lifecycle.DeleteAfterDays of each copy action to 35 or more.',
    type: planType,
    path: `${rules}.*.CopyActions.*.Lifecycle.DeleteAfterDays`,
    expect: atLeast(35),
    absent: 'passes',
    passing: copied({ DeleteAfterDays: 35 }),
    failing: copied({ DeleteAfterDays: 7 }),
  },
  {
    ...backup,
    severity: 'low',
    id: 'backup-plan-continuous',
    title: 'Backup plans make continuous backups',
    why: 'Between two nightly backups a day of records is at risk. Continuous backups restore S3, RDS and Aurora to any second of up to 35 days.',
    remedy: 'Set EnableContinuousBackup of a rule to true.',
    type: planType,
    path: rules,
    expect: someEntry((entry) => entry['EnableContinuousBackup'] === true || entry['EnableContinuousBackup'] === 'true'),
    absent: 'fails',
    passing: plan({ EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 35 } }),
    failing: plan({}),
  },
])

function denying(Action: string) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action, Resource: '*' }] }
}

const undeletable: ResourceControl = {
  ...backup,
  citations: [...backup.citations, '164.312(c)(1)'],
  id: 'backup-vault-manual-deletion-denied',
  title: 'Nobody can delete backups of a vault by hand',
  why: 'Ransomware and angry insiders delete the backups before the data.',
  remedy: 'Set LockConfiguration, or deny backup:DeleteRecoveryPoint to everybody in AccessPolicy.',
  types: [vaultType],
  judge: (resource) => {
    const lock = resource.get('LockConfiguration')
    if (isMap(lock)) return pass('LockConfiguration', lock)
    const { statements, unknown } = statementsOf(resource.get('AccessPolicy'))
    const denies = statements.find(
      ({ effect, principals, actions }) =>
        effect === 'Deny' &&
        principals !== undefined &&
        (principals.any || principals.negated) &&
        coversAction(actions, 'backup:DeleteRecoveryPoint'),
    )
    if (denies !== undefined) return pass(`AccessPolicy.Statement.${denies.index}`, denies.sid)
    return unknown.length > 0 ? undecided('AccessPolicy', `${unknown[0]}`) : fail('AccessPolicy', undefined)
  },
  passing: { Vault: { Type: vaultType, Properties: { ...vault, AccessPolicy: denying('backup:DeleteRecoveryPoint') } } },
  failing: { Vault: { Type: vaultType, Properties: vault } },
}

const selects: ResourceControl = {
  ...backup,
  id: 'backup-plan-selects-resources',
  title: 'Backup plans are given resources',
  why: 'A plan without a selection runs every night and copies nothing, while the console shows a plan.',
  remedy: 'Add an AWS::Backup::BackupSelection with the BackupPlanId of the plan.',
  types: [planType],
  judge: (resource, deployment) => {
    const { certain, possible } = deployment.referring(resource, 'AWS::Backup::BackupSelection', 'BackupPlanId')
    if (certain.length > 0)
      return pass(
        'BackupSelection',
        certain.map(({ logicalId }) => logicalId),
      )
    return possible.length > 0
      ? undecided('BackupSelection', 'the plan of a selection is computed at deployment')
      : fail('BackupSelection', undefined)
  },
  passing: {
    Plan: { Type: planType, Properties: plan({}) },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: { SelectionName: 'all', IamRoleArn: 'arn:aws:iam::111122223333:role/backup', Resources: ['*'] },
      },
    },
  },
  failing: { Plan: { Type: planType, Properties: plan({}) } },
}

/** Controls on vaults and plans of AWS Backup. */
export const backupControls: readonly ResourceControl[] = [...vaults, undeletable, ...plans, selects]
