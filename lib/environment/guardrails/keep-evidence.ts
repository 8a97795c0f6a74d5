import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { exceptDeployments, exceptFoundation, exceptRemoval } from './exempt.ts'
import type { OrganizationPolicy } from './organization-policy.ts'

/** What nobody in the accounts may do to trail, detection, keys and copies, administrators among them. */
export const keepEvidence = (config: EnvironmentConfig): OrganizationPolicy => ({
  what: 'keep-evidence',
  type: 'SERVICE_CONTROL_POLICY',
  description: 'The trail runs, detection stays on, keys and copies stay.',
  statements: [
    {
      Sid: 'OnlyTheFoundationChangesTheTrail',
      Effect: 'Deny',
      Action: ['cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:StopLogging', 'cloudtrail:UpdateTrail'],
      Resource: '*',
      Condition: exceptFoundation(),
    },
    {
      Sid: 'OnlyDeploymentsAdjustDetection',
      Effect: 'Deny',
      Action: [
        'config:PutConfigurationRecorder',
        'config:PutDeliveryChannel',
        'guardduty:CreateFilter',
        'guardduty:UpdateDetector',
        'guardduty:UpdateFilter',
        'macie2:UpdateMacieSession',
        'securityhub:BatchDisableStandards',
        'securityhub:UpdateSecurityHubConfiguration',
      ],
      Resource: '*',
      Condition: exceptDeployments,
    },
    {
      Sid: 'NobodySwitchesDetectionOff',
      Effect: 'Deny',
      Action: [
        'access-analyzer:DeleteAnalyzer',
        'config:DeleteConfigRule',
        'config:DeleteConfigurationRecorder',
        'config:DeleteConformancePack',
        'config:DeleteDeliveryChannel',
        'config:StopConfigurationRecorder',
        'guardduty:DeleteDetector',
        'guardduty:DisassociateFromAdministratorAccount',
        'macie2:DisableMacie',
        'macie2:DisassociateFromAdministratorAccount',
        'securityhub:DisableSecurityHub',
        'securityhub:DisassociateFromAdministratorAccount',
      ],
      Resource: '*',
      Condition: exceptRemoval(config),
    },
    ...(config.purpose === 'trial' ? [] : [nobodyDeletesKeys]),
    {
      Sid: 'OnlyTheFoundationRenamesKeys',
      Effect: 'Deny',
      Action: ['kms:DeleteAlias', 'kms:DisableKeyRotation', 'kms:PutKeyPolicy', 'kms:UpdateAlias', 'kms:UpdatePrimaryRegion'],
      Resource: '*',
      Condition: exceptFoundation('arn:aws:iam::*:root'),
    },
    {
      Sid: 'OnlyTheCustodianDisablesKeys',
      Effect: 'Deny',
      Action: ['kms:DisableKey'],
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': [`arn:aws:iam::*:role/${nameOf(config, 'custodian')}`] } },
    },
    {
      Sid: 'NobodyRemovesCopies',
      Effect: 'Deny',
      Action: [
        'backup:DeleteBackupVault',
        'backup:DeleteBackupVaultLockConfiguration',
        'backup:DeleteRecoveryPoint',
        'backup:DisassociateRecoveryPoint',
        'backup:DisassociateRecoveryPointFromParent',
        'backup:UpdateRecoveryPointLifecycle',
        'dynamodb:DeleteBackup',
      ],
      Resource: '*',
      Condition: exceptRemoval(config),
    },
    {
      Sid: 'NobodyOpensBucketsToThePublic',
      Effect: 'Deny',
      Action: ['s3:PutAccountPublicAccessBlock', 's3:PutBucketPublicAccessBlock', 's3:PutBucketAcl', 's3:PutObjectAcl'],
      Resource: '*',
      Condition: exceptDeployments,
    },
  ],
})

// In a trial the foundation's CloudFormation role removes the keys with their stack; in production nobody does, ever.
const nobodyDeletesKeys = {
  Sid: 'NobodyDeletesKeys',
  Effect: 'Deny',
  Action: ['kms:DeleteImportedKeyMaterial', 'kms:ScheduleKeyDeletion'],
  Resource: '*',
} as const
