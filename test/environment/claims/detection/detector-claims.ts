import { nameOf } from '../../../../lib/config/names.ts'
import type { AdoptableService, EnvironmentConfig } from '../../../../lib/config/schema.ts'
import type { Claim } from '../claim.ts'
import { exactly, type Said } from './exactly.ts'

/** A claim on a service of which an account has one: the stack has exactly these resources of the type, and none when the service is adopted. */
const unlessAdopted = (
  service: AdoptableService,
  says: string,
  type: string,
  expected: (config: EnvironmentConfig) => readonly Said[],
): Claim =>
  exactly(`${says}, unless the account had it before`, type, (config) => (config.adopted.includes(service) ? [] : expected(config)))

const on = (Name: string) => ({ Name, Status: 'ENABLED' })
const off = (Name: string) => ({ Name, Status: 'DISABLED' })

/** The detective controls themselves. */
export const detectorClaims: readonly Claim[] = [
  unlessAdopted(
    'guardduty',
    'GuardDuty is on with every protection plan, and installs no agent into the network',
    'AWS::GuardDuty::Detector',
    () => [
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
    ],
  ),
  unlessAdopted('security-hub', 'Security Hub is on, takes new controls, and makes one finding a control', 'AWS::SecurityHub::Hub', () => [
    { AutoEnableControls: true, ControlFindingGenerator: 'SECURITY_CONTROL', EnableDefaultStandards: false },
  ]),
  unlessAdopted(
    'security-hub',
    'Security Hub checks the best practices of AWS and NIST SP 800-53',
    'AWS::SecurityHub::Standard',
    ({ regions }) =>
      ['aws-foundational-security-best-practices/v/1.0.0', 'nist-800-53/v/5.0.0'].map((path) => ({
        StandardsArn: `arn:aws:securityhub:${regions.primary}::standards/${path}`,
      })),
  ),
  unlessAdopted('macie', 'Macie is on and tells within fifteen minutes', 'AWS::Macie::Session', () => [
    { Status: 'ENABLED', FindingPublishingFrequency: 'FIFTEEN_MINUTES' },
  ]),
  unlessAdopted(
    'access-analyzer',
    'Access Analyzer looks for access from outside and for access unused for 90 days',
    'AWS::AccessAnalyzer::Analyzer',
    (config) => [
      { AnalyzerName: nameOf(config, 'external-access'), Type: 'ACCOUNT' },
      {
        AnalyzerName: nameOf(config, 'unused-access'),
        Type: 'ACCOUNT_UNUSED_ACCESS',
        AnalyzerConfiguration: { UnusedAccessConfiguration: { UnusedAccessAge: 90 } },
      },
    ],
  ),
  unlessAdopted(
    'config',
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
  unlessAdopted('config', 'The service-linked role of AWS Config is made before it is used', 'AWS::IAM::ServiceLinkedRole', () => [
    { AWSServiceName: 'config.amazonaws.com' },
  ]),
  unlessAdopted('config', 'AWS Config delivers to the audit account', 'AWS::Config::DeliveryChannel', (config) => [
    {
      Name: nameOf(config, 'delivery'),
      S3BucketName: `${nameOf(config, 'config')}-${config.accounts.audit}-${config.regions.primary}`,
      ConfigSnapshotDeliveryProperties: { DeliveryFrequency: 'Three_Hours' },
    },
  ]),
]
