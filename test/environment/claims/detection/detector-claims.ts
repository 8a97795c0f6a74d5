import { nameOf } from '../../../../lib/config/names.ts'
import type { Claim } from '../claim.ts'
import { exactly } from './exactly.ts'

const on = (Name: string) => ({ Name, Status: 'ENABLED' })
const off = (Name: string) => ({ Name, Status: 'DISABLED' })

/** The detective controls themselves. */
export const detectorClaims: readonly Claim[] = [
  exactly('GuardDuty is on with every protection plan, and installs no agent into the network', 'AWS::GuardDuty::Detector', () => [
    {
      Enable: true,
      FindingPublishingFrequency: 'FIFTEEN_MINUTES',
      Features: [
        on('S3_DATA_EVENTS'),
        on('LAMBDA_NETWORK_LOGS'),
        on('EBS_MALWARE_PROTECTION'),
        on('EKS_AUDIT_LOGS'),
        on('RDS_LOGIN_EVENTS'),
        {
          ...on('RUNTIME_MONITORING'),
          AdditionalConfiguration: [off('EC2_AGENT_MANAGEMENT'), off('ECS_FARGATE_AGENT_MANAGEMENT'), off('EKS_ADDON_MANAGEMENT')],
        },
      ],
    },
  ]),
  exactly('Security Hub is on, takes new controls, and makes one finding a control', 'AWS::SecurityHub::Hub', () => [
    { AutoEnableControls: true, ControlFindingGenerator: 'SECURITY_CONTROL', EnableDefaultStandards: false },
  ]),
  exactly('Security Hub checks the best practices of AWS and NIST SP 800-53', 'AWS::SecurityHub::Standard', ({ regions }) =>
    ['aws-foundational-security-best-practices/v/1.0.0', 'nist-800-53/v/5.0.0'].map((path) => ({
      StandardsArn: `arn:aws:securityhub:${regions.primary}::standards/${path}`,
    })),
  ),
  exactly('Macie is on and tells within fifteen minutes', 'AWS::Macie::Session', () => [
    { Status: 'ENABLED', FindingPublishingFrequency: 'FIFTEEN_MINUTES' },
  ]),
  exactly('Access Analyzer looks for access from outside and for access unused for 90 days', 'AWS::AccessAnalyzer::Analyzer', (config) => [
    { AnalyzerName: nameOf(config, 'external-access'), Type: 'ACCOUNT' },
    {
      AnalyzerName: nameOf(config, 'unused-access'),
      Type: 'ACCOUNT_UNUSED_ACCESS',
      AnalyzerConfiguration: { UnusedAccessConfiguration: { UnusedAccessAge: 90 } },
    },
  ]),
  exactly(
    'AWS Config records every resource at every change, with its service-linked role',
    'AWS::Config::ConfigurationRecorder',
    (config) => [
      {
        Name: nameOf(config, 'recorder'),
        RoleARN: `arn:aws:iam::${config.accounts.workload}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
        RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
        RecordingMode: { RecordingFrequency: 'CONTINUOUS' },
      },
    ],
  ),
  exactly('The service-linked role of AWS Config is made before it is used', 'AWS::IAM::ServiceLinkedRole', () => [
    { AWSServiceName: 'config.amazonaws.com' },
  ]),
  exactly('AWS Config delivers to the audit account', 'AWS::Config::DeliveryChannel', (config) => [
    {
      Name: nameOf(config, 'delivery'),
      S3BucketName: `${nameOf(config, 'config')}-${config.accounts.audit}-${config.regions.primary}`,
      ConfigSnapshotDeliveryProperties: { DeliveryFrequency: 'Three_Hours' },
    },
  ]),
]
