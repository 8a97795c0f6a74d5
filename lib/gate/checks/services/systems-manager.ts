import type { ResourceControl } from '../control.ts'
import { atMost, isGiven, isNoneOf, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { eachPresent } from './each-present.ts'
import { lesserAudit, operatorsKey } from './platform-safeguards.ts'
import { audit, availability, exampleKey, hygiene, monitoring, patched } from './safeguards.ts'
import { ssmSessionControls } from './ssm-session.ts'

const association = { Name: 'AWS-RunPatchBaseline', Targets: [{ Key: 'InstanceIds', Values: ['*'] }] }
const window = (AllowUnassociatedTargets: boolean) => ({
  Name: 'night',
  Schedule: 'cron(0 2 ? * SUN *)',
  Duration: 3,
  Cutoff: 1,
  AllowUnassociatedTargets,
})
const task = (more: Readonly<Record<string, unknown>>) => ({
  WindowId: 'mw-11111111111111111',
  TaskType: 'RUN_COMMAND',
  TaskArn: 'AWS-RunPatchBaseline',
  Priority: 1,
  TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Comment: 'patch', ...more } },
})
const command = 'TaskInvocationParameters.MaintenanceWindowRunCommandParameters'
const baseline = (ApproveAfterDays: number) => ({
  Name: 'records',
  ApprovalRules: {
    PatchRules: [{ ApproveAfterDays, PatchFilterGroup: { PatchFilters: [{ Key: 'CLASSIFICATION', Values: ['Security'] }] } }],
  },
})
const sync = (more: Readonly<Record<string, unknown>>) => ({
  SyncName: 'inventory',
  SyncType: 'SyncToDestination',
  S3Destination: { BucketName: 'inventory', BucketRegion: 'us-east-1', SyncFormat: 'JsonSerDe', ...more },
})
const desktop = (KMSKeyArn: string) => ({
  ConnectionRecordingPreferences: {
    KMSKeyArn,
    RecordingDestinations: { S3Buckets: [{ BucketName: 'recordings', BucketOwner: '111122223333' }] },
  },
})
const profile = { ApplicationId: 'abc1234', Name: 'settings', LocationUri: 'hosted' }
const stage = { ApplicationId: 'abc1234', Name: 'production' }
const regions = (more: Readonly<Record<string, unknown>>) => ({
  Regions: [{ RegionName: 'us-east-1', RegionConfiguration: { SseKmsKeyId: exampleKey } }],
  ...more,
})

const rows = propertyControls([
  {
    ...lesserAudit,
    id: 'ssm-association-output-kept',
    title: 'State Manager associations keep what they print',
    why: 'What a command did on an instance is otherwise cut off after a few lines and gone after a month.',
    remedy: 'Set OutputLocation.S3Location.',
    type: 'AWS::SSM::Association',
    path: 'OutputLocation.S3Location.OutputS3BucketName',
    expect: isGiven,
    absent: 'fails',
    passing: { ...association, OutputLocation: { S3Location: { OutputS3BucketName: 'output', OutputS3Region: 'us-east-1' } } },
    failing: association,
  },
  {
    ...hygiene,
    id: 'ssm-maintenance-window-registered-targets',
    title: 'Maintenance windows act on registered targets only',
    why: 'Otherwise a task may name any instance of the account.',
    remedy: 'Set AllowUnassociatedTargets to false.',
    type: 'AWS::SSM::MaintenanceWindow',
    path: 'AllowUnassociatedTargets',
    expect: isOff,
    absent: 'fails',
    passing: window(false),
    failing: window(true),
  },
  {
    ...audit,
    id: 'ssm-maintenance-window-task-output-kept',
    title: 'Commands of maintenance windows keep what they print',
    severity: 'low',
    why: 'After a failed night nobody can tell what a command did.',
    remedy: 'Set CloudWatchOutputConfig.CloudWatchOutputEnabled to true, or OutputS3BucketName.',
    type: 'AWS::SSM::MaintenanceWindowTask',
    path: `${command}.CloudWatchOutputConfig.CloudWatchOutputEnabled`,
    expect: isOn,
    absent: 'fails',
    when: [
      { path: 'TaskType', expect: isOneOf('RUN_COMMAND') },
      { path: `${command}.OutputS3BucketName`, expect: (value, deployment) => isGiven(value, deployment) === false, absent: 'applies' },
    ],
    passing: task({ CloudWatchOutputConfig: { CloudWatchOutputEnabled: true } }),
    failing: task({}),
  },
  {
    ...patched,
    id: 'ssm-patch-baseline-approval',
    title: 'Patch baselines approve corrections within thirty days',
    why: 'Most attacks use faults whose correction has been out for more than a month.',
    remedy: 'Set ApproveAfterDays of the rules to 30 or less.',
    type: 'AWS::SSM::PatchBaseline',
    path: 'ApprovalRules.PatchRules.*.ApproveAfterDays',
    expect: atMost(30),
    absent: 'passes',
    passing: baseline(7),
    failing: baseline(90),
  },
  {
    ...hygiene,
    id: 'ssm-patch-baseline-rejected-blocked',
    title: 'Patch baselines keep rejected patches out',
    why: 'By default a rejected patch is still installed where another needs it.',
    remedy: 'Set RejectedPatchesAction to BLOCK.',
    type: 'AWS::SSM::PatchBaseline',
    path: 'RejectedPatchesAction',
    expect: isOneOf('BLOCK'),
    absent: 'fails',
    when: { path: 'RejectedPatches', expect: isGiven },
    passing: { ...baseline(7), RejectedPatches: ['KB5000000'], RejectedPatchesAction: 'BLOCK' },
    failing: { ...baseline(7), RejectedPatches: ['KB5000000'], RejectedPatchesAction: 'ALLOW_AS_DEPENDENCY' },
  },
  {
    ...operatorsKey,
    id: 'ssm-gui-connect-recording-customer-key',
    title: 'Recordings of remote desktops are encrypted under a key that the customer manages',
    severity: 'medium',
    why: 'A recording shows every screen that the operator saw, patient data included.',
    remedy: 'Set ConnectionRecordingPreferences.KMSKeyArn to a KMS key of your own.',
    type: 'AWS::SSMGuiConnect::Preferences',
    path: 'ConnectionRecordingPreferences.KMSKeyArn',
    passing: desktop(exampleKey),
    failing: desktop('arn:aws:kms:us-east-1:111122223333:alias/aws/s3'),
  },
  {
    ...audit,
    id: 'ssm-gui-connect-recording',
    title: 'Sessions on remote desktops are recorded',
    severity: 'medium',
    why: 'CloudTrail says that somebody opened a desktop; only the recording says what was done on it.',
    remedy: 'Set ConnectionRecordingPreferences.',
    type: 'AWS::SSMGuiConnect::Preferences',
    path: 'ConnectionRecordingPreferences',
    expect: isGiven,
    absent: 'fails',
    passing: desktop(exampleKey),
    failing: {},
  },
  {
    ...operatorsKey,
    id: 'appconfig-profile-customer-key',
    title: 'AppConfig encrypts hosted settings under a key that the customer manages',
    why: 'Settings name systems and switches of the application; under a key of AWS the customer can neither see nor end its use.',
    remedy: 'Set KmsKeyIdentifier to a KMS key of your own.',
    type: 'AWS::AppConfig::ConfigurationProfile',
    path: 'KmsKeyIdentifier',
    when: { path: 'LocationUri', expect: isOneOf('hosted') },
    passing: { ...profile, KmsKeyIdentifier: exampleKey },
    failing: profile,
  },
  {
    ...hygiene,
    id: 'appconfig-profile-validated',
    title: 'AppConfig checks settings before it hands them out',
    why: 'A wrong setting reaches every instance within minutes.',
    remedy: 'Set Validators.',
    type: 'AWS::AppConfig::ConfigurationProfile',
    path: 'Validators',
    expect: isGiven,
    absent: 'fails',
    passing: { ...profile, Validators: [{ Type: 'JSON_SCHEMA', Content: '{"type":"object"}' }] },
    failing: profile,
  },
  {
    ...availability,
    id: 'appconfig-deletion-protection',
    title: 'AppConfig settings in use are not deleted',
    severity: 'low',
    why: 'Bypassing the check deletes settings that running instances still ask for.',
    remedy: 'Leave DeletionProtectionCheck out, or set it to APPLY.',
    type: ['AWS::AppConfig::ConfigurationProfile', 'AWS::AppConfig::Environment'],
    path: 'DeletionProtectionCheck',
    expect: isNoneOf('BYPASS'),
    absent: 'passes',
    passing: { ...profile, DeletionProtectionCheck: 'APPLY' },
    failing: { ...profile, DeletionProtectionCheck: 'BYPASS' },
  },
  {
    ...monitoring,
    id: 'appconfig-environment-monitored',
    title: 'AppConfig takes a setting back when an alarm goes off',
    severity: 'low',
    why: 'A setting that breaks the application stays until somebody comes.',
    remedy: 'Set Monitors.',
    type: 'AWS::AppConfig::Environment',
    path: 'Monitors',
    expect: isGiven,
    absent: 'fails',
    passing: {
      ...stage,
      Monitors: [
        { AlarmArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors', AlarmRoleArn: 'arn:aws:iam::111122223333:role/alarm' },
      ],
    },
    failing: stage,
  },
  {
    ...availability,
    id: 'ssm-incidents-replication-set-deletion-protection',
    title: 'Incident Manager is protected against deletion',
    severity: 'low',
    why: 'Deleting the replication set deletes every incident and its record.',
    remedy: 'Set DeletionProtected to true.',
    type: 'AWS::SSMIncidents::ReplicationSet',
    path: 'DeletionProtected',
    expect: isOn,
    absent: 'fails',
    passing: regions({ DeletionProtected: true }),
    failing: regions({ DeletionProtected: false }),
  },
  {
    ...operatorsKey,
    id: 'ssm-incidents-replication-set-customer-key',
    title: 'Incident Manager encrypts under a key that the customer manages',
    why: 'An incident describes where the system was weak.',
    remedy: 'Set RegionConfiguration.SseKmsKeyId of each Region to a KMS key of your own.',
    type: 'AWS::SSMIncidents::ReplicationSet',
    path: 'Regions.*.RegionConfiguration.SseKmsKeyId',
    passing: regions({}),
    failing: { Regions: [{ RegionName: 'us-east-1' }] },
  },
])

const syncs = eachPresent([
  {
    ...operatorsKey,
    id: 'ssm-resource-data-sync-customer-key',
    title: 'Systems Manager exports its inventory under a key that the customer manages',
    why: 'The inventory is a list of every program on every instance, with its version.',
    remedy: 'Set S3Destination.KMSKeyArn to a KMS key of your own.',
    type: 'AWS::SSM::ResourceDataSync',
    bases: ['S3Destination'],
    path: 'KMSKeyArn',
    passing: sync({ KMSKeyArn: exampleKey }),
    failing: sync({}),
  },
])

/** Controls on Systems Manager and what belongs to it: sessions, patches, AppConfig, Incident Manager. Secrets in parameters are judged with all secrets. */
export const systemsManagerControls: readonly ResourceControl[] = [...rows, ...syncs, ...ssmSessionControls]
