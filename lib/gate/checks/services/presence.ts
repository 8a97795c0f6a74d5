import type { DeploymentControl } from '../control.ts'
import { every, on, type Presence, presenceControl } from './deployment-presence.ts'
import { isWord } from './entries.ts'
import { detection } from './platform-safeguards.ts'
import { alarmPresence } from './presence-alarm.ts'
import { audit, backup, monitoring } from './safeguards.ts'

const trail = { IsLogging: true, IsMultiRegionTrail: true, EnableLogFileValidation: true, S3BucketName: 'audit-records' }
const recorder = { Type: 'AWS::Config::ConfigurationRecorder', Properties: { RoleARN: 'arn:aws:iam::111122223333:role/config' } }
const plan = {
  Type: 'AWS::Backup::BackupPlan',
  Properties: { BackupPlan: { BackupPlanName: 'daily', BackupPlanRule: [{ RuleName: 'daily', TargetBackupVault: 'vault' }] } },
}
const selection = {
  Type: 'AWS::Backup::BackupSelection',
  Properties: {
    BackupPlanId: { Ref: 'Daily' },
    BackupSelection: { SelectionName: 'all', IamRoleArn: 'arn:aws:iam::111122223333:role/backup', Resources: ['*'] },
  },
}

const presences: readonly Presence[] = [
  {
    ...audit,
    id: 'deployment-cloudtrail-trail',
    title: 'A trail of the deployment records every Region and signs its files',
    why: 'Without a trail CloudTrail keeps management events for 90 days only, and nothing proves that they were not changed.',
    remedy: 'Add an AWS::CloudTrail::Trail with IsLogging, IsMultiRegionTrail and EnableLogFileValidation.',
    missing: 'No trail logs every Region with validation of its files',
    types: ['AWS::CloudTrail::Trail'],
    holds: (one) => every(on(one.get('IsLogging')), on(one.get('IsMultiRegionTrail')), on(one.get('EnableLogFileValidation'))),
    passing: { Trail: { Type: 'AWS::CloudTrail::Trail', Properties: trail } },
    failing: { Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { ...trail, IsMultiRegionTrail: false } } },
  },
  {
    ...detection,
    id: 'deployment-guardduty-detector',
    title: 'A GuardDuty detector of the deployment is switched on',
    severity: 'high',
    why: 'Records alone notice nothing: GuardDuty reads them all day and tells what looks like an attack.',
    remedy: 'Add an AWS::GuardDuty::Detector with Enable true.',
    missing: 'No GuardDuty detector is switched on',
    types: ['AWS::GuardDuty::Detector'],
    holds: (one) => on(one.get('Enable')),
    passing: { Detector: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: true } } },
    failing: { Detector: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: false } } },
  },
  {
    ...monitoring,
    id: 'deployment-config-recorder',
    title: 'A recorder of the deployment keeps the history of its resources',
    why: 'Without AWS Config nobody can tell how a resource was set on the day of an incident. A recorder without a delivery channel never starts.',
    remedy: 'Add an AWS::Config::ConfigurationRecorder and an AWS::Config::DeliveryChannel.',
    missing: 'No recorder of AWS Config has a delivery channel',
    types: ['AWS::Config::ConfigurationRecorder'],
    holds: (_one, deployment) => deployment.ofType('AWS::Config::DeliveryChannel').length > 0,
    passing: { Recorder: recorder, Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: 'config-history' } } },
    failing: { Recorder: recorder },
  },
  {
    ...detection,
    id: 'deployment-securityhub-hub',
    title: 'Security Hub is part of the deployment',
    why: 'Findings of many services are read in one place, or by nobody.',
    remedy: 'Add an AWS::SecurityHub::Hub.',
    missing: 'No Security Hub is made',
    types: ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::HubV2'],
    holds: () => true,
    passing: { Hub: { Type: 'AWS::SecurityHub::Hub', Properties: {} } },
    failing: {},
  },
  {
    ...detection,
    id: 'deployment-access-analyzer',
    title: 'An analyzer of the deployment finds what is open to strangers',
    why: 'Policies are changed after the deployment too; the analyzer tells when one opens something to another account.',
    remedy: 'Add an AWS::AccessAnalyzer::Analyzer of type ACCOUNT or ORGANIZATION.',
    missing: 'No Access Analyzer looks for access from outside',
    types: ['AWS::AccessAnalyzer::Analyzer'],
    holds: (one) => isWord(one.get('Type'), 'ACCOUNT', 'ORGANIZATION'),
    passing: { Analyzer: { Type: 'AWS::AccessAnalyzer::Analyzer', Properties: { Type: 'ACCOUNT' } } },
    failing: { Analyzer: { Type: 'AWS::AccessAnalyzer::Analyzer', Properties: { Type: 'ACCOUNT_UNUSED_ACCESS' } } },
  },
  {
    ...backup,
    id: 'deployment-backup-plan',
    title: 'A backup plan of the deployment has resources to back up',
    why: 'A plan without a selection backs up nothing, and looks like one that does.',
    remedy: 'Add an AWS::Backup::BackupPlan and an AWS::Backup::BackupSelection that names it.',
    missing: 'No backup plan has a selection of resources',
    types: ['AWS::Backup::BackupPlan'],
    holds: (one, deployment) => {
      const { certain, possible } = deployment.referring(one, 'AWS::Backup::BackupSelection', 'BackupPlanId')
      return certain.length > 0 ? true : possible.length > 0 ? undefined : false
    },
    passing: { Daily: plan, Everything: selection },
    failing: { Daily: plan },
  },
  alarmPresence,
]

/** Controls on what must exist somewhere in an assembly. Flow logs are judged with each VPC, and no template sets an account's password policy. */
export const presenceControls: readonly DeploymentControl[] = presences.map(presenceControl)
