import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isFalse, isMap, listOf, Unknown, type ValueMap } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atLeast, isCustomerKey, isGiven, isNoneOf, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { noEntry } from './entries.ts'
import { guardDutyFeatures } from './guardduty-features.ts'
import { detection, operatorsKey, recordsKept } from './platform-safeguards.ts'
import { exampleKey } from './safeguards.ts'

const detector = 'AWS::GuardDuty::Detector'
const low = { ...detection, severity: 'low' } as const
const finding = (Action: string) => ({
  DetectorId: '12abc34d567e8fa901bc2d34e56789f0',
  Name: 'low',
  Action,
  FindingCriteria: { Criterion: { severity: { Lt: 4 } } },
})
const automation = (field: Readonly<Record<string, unknown>>) => ({
  RuleName: 'rule',
  RuleOrder: 1,
  Description: 'Sets a field.',
  Criteria: { ProductName: [{ Comparison: 'EQUALS', Value: 'GuardDuty' }] },
  Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: field }],
})
const publishing = { DetectorId: '12abc34d567e8fa901bc2d34e56789f0', DestinationType: 'S3' }
const destination = (more: Readonly<Record<string, unknown>>) => ({
  ...publishing,
  DestinationProperties: { DestinationArn: 'arn:aws:s3:::findings', ...more },
})
const plan = { ProtectedResource: { S3Bucket: { BucketName: 'uploads' } }, Role: 'arn:aws:iam::111122223333:role/malware' }
const suppression = (FilterAction: string) => ({
  Name: 'accepted',
  FilterAction,
  FilterCriteria: { Severity: [{ Comparison: 'EQUALS', Value: 'LOW' }] },
})
const macieFilter = (Action: string) => ({
  Name: 'known',
  Action,
  FindingCriteria: { Criterion: { 'severity.description': { eq: ['Low'] } } },
})

const hidesPublic = (rule: ValueMap): boolean =>
  listOf(rule['Filter'])
    .filter(isMap)
    .some(({ Property, Eq }) => Property === 'isPublic' && listOf(Eq).some((value) => String(value) === 'true'))

const rows = propertyControls([
  {
    ...detection,
    id: 'guardduty-detector-enabled',
    title: 'GuardDuty detectors are switched on',
    severity: 'high',
    why: 'A detector that is switched off finds nothing, and its page looks calm.',
    remedy: 'Set Enable to true.',
    type: detector,
    path: 'Enable',
    expect: isOn,
    absent: 'fails',
    passing: { Enable: true },
    failing: { Enable: false },
  },
  {
    ...low,
    id: 'guardduty-detector-publishing-frequency',
    title: 'GuardDuty tells of repeated findings within fifteen minutes',
    why: 'By default an attack that goes on is told again only after six hours.',
    remedy: 'Set FindingPublishingFrequency to FIFTEEN_MINUTES.',
    type: detector,
    path: 'FindingPublishingFrequency',
    expect: isOneOf('FIFTEEN_MINUTES'),
    absent: 'fails',
    passing: { Enable: true, FindingPublishingFrequency: 'FIFTEEN_MINUTES' },
    failing: { Enable: true },
  },
  {
    ...low,
    id: 'guardduty-filter-keeps-findings',
    title: 'GuardDuty filters put no finding away unseen',
    why: 'A finding that a filter archives is not sent to EventBridge or Security Hub: whoever can write a filter can hide an attack.',
    remedy: 'Leave Action out, or set it to NOOP.',
    type: 'AWS::GuardDuty::Filter',
    path: 'Action',
    expect: isNoneOf('ARCHIVE'),
    absent: 'passes',
    passing: finding('NOOP'),
    failing: finding('ARCHIVE'),
  },
  {
    ...operatorsKey,
    id: 'guardduty-publishing-destination-customer-key',
    title: 'GuardDuty exports findings under a key that the customer manages',
    why: 'Findings tell where the account is weak.',
    remedy: 'Set DestinationProperties.KmsKeyArn to a KMS key of your own.',
    type: 'AWS::GuardDuty::PublishingDestination',
    path: 'DestinationProperties.KmsKeyArn',
    passing: destination({ KmsKeyArn: exampleKey }),
    failing: destination({}),
  },
  {
    ...low,
    id: 'guardduty-malware-plan-tags',
    title: 'GuardDuty marks scanned objects with what it found',
    why: 'Only a tag lets a policy refuse to hand out an object in which malware was found.',
    remedy: 'Set Actions.Tagging.Status to ENABLED.',
    type: 'AWS::GuardDuty::MalwareProtectionPlan',
    path: 'Actions.Tagging.Status',
    expect: isOneOf('ENABLED'),
    absent: 'fails',
    passing: { ...plan, Actions: { Tagging: { Status: 'ENABLED' } } },
    failing: plan,
  },
  {
    ...low,
    id: 'securityhub-hub-new-controls',
    title: 'Security Hub takes up new controls by itself',
    why: 'Standards grow; a control that must be switched on by hand is switched on late.',
    remedy: 'Leave AutoEnableControls out, or set it to true.',
    type: 'AWS::SecurityHub::Hub',
    path: 'AutoEnableControls',
    expect: isOn,
    absent: 'passes',
    passing: { AutoEnableControls: true },
    failing: { AutoEnableControls: false },
  },
  {
    ...low,
    id: 'securityhub-standard-complete',
    title: 'Security Hub standards have none of their controls switched off',
    why: 'A control that is switched off finds nothing for any resource, not only for the one that made trouble.',
    remedy: 'Leave DisabledStandardsControls out.',
    type: 'AWS::SecurityHub::Standard',
    path: 'DisabledStandardsControls',
    expect: (value, deployment) => isGiven(value, deployment) === false,
    absent: 'passes',
    passing: { StandardsArn: 'arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0' },
    failing: {
      StandardsArn: 'arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0',
      DisabledStandardsControls: [
        {
          StandardsControlArn: 'arn:aws:securityhub:us-east-1:111122223333:control/aws-foundational-security-best-practices/v/1.0.0/S3.1',
          Reason: 'noise',
        },
      ],
    },
  },
  {
    ...low,
    id: 'securityhub-automation-rule-keeps-findings',
    title: 'Security Hub automation rules hide no finding',
    why: 'A suppressed finding is out of every view: an acceptance that nobody reviews.',
    remedy: 'Set Workflow.Status of the rule to something else than SUPPRESSED.',
    type: 'AWS::SecurityHub::AutomationRule',
    path: 'Actions.*.FindingFieldsUpdate.Workflow.Status',
    expect: isNoneOf('SUPPRESSED'),
    absent: 'passes',
    passing: automation({ Workflow: { Status: 'NOTIFIED' } }),
    failing: automation({ Workflow: { Status: 'SUPPRESSED' } }),
  },
  {
    ...low,
    id: 'securityhub-finding-aggregator-every-region',
    title: 'Security Hub gathers findings of every Region',
    why: 'A Region that is not gathered is where nobody looks.',
    remedy: 'Set RegionLinkingMode to ALL_REGIONS.',
    type: 'AWS::SecurityHub::FindingAggregator',
    path: 'RegionLinkingMode',
    expect: isOneOf('ALL_REGIONS'),
    absent: 'fails',
    passing: { RegionLinkingMode: 'ALL_REGIONS' },
    failing: { RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: ['us-east-1'] },
  },
  {
    ...detection,
    id: 'securityhub-organization-new-accounts',
    title: 'Security Hub takes up new accounts of the organization by itself',
    why: 'An account that was made yesterday is the least looked after.',
    remedy: 'Set AutoEnable to true, or ConfigurationType to CENTRAL.',
    type: 'AWS::SecurityHub::OrganizationConfiguration',
    path: 'AutoEnable',
    expect: isOn,
    absent: 'fails',
    when: { path: 'ConfigurationType', expect: isNoneOf('CENTRAL'), absent: 'applies' },
    passing: { AutoEnable: true },
    failing: { AutoEnable: false },
  },
  {
    ...detection,
    id: 'securityhub-configuration-policy-enabled',
    title: 'Security Hub policies switch the service on',
    why: 'A policy that switches it off does so in every account it is attached to.',
    remedy: 'Set ConfigurationPolicy.SecurityHub.ServiceEnabled to true.',
    type: 'AWS::SecurityHub::ConfigurationPolicy',
    path: 'ConfigurationPolicy.SecurityHub.ServiceEnabled',
    expect: isOn,
    absent: 'fails',
    passing: {
      Name: 'all',
      ConfigurationPolicy: {
        SecurityHub: {
          ServiceEnabled: true,
          EnabledStandardIdentifiers: ['arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0'],
          SecurityControlsConfiguration: { DisabledSecurityControlIdentifiers: [] },
        },
      },
    },
    failing: { Name: 'none', ConfigurationPolicy: { SecurityHub: { ServiceEnabled: false } } },
  },
  {
    ...detection,
    id: 'macie-session-enabled',
    title: 'Macie is switched on',
    why: 'Macie finds patient data in buckets where nobody expects it; paused, it looks at nothing.',
    remedy: 'Leave Status out, or set it to ENABLED.',
    type: 'AWS::Macie::Session',
    path: 'Status',
    expect: isOneOf('ENABLED'),
    absent: 'passes',
    passing: { Status: 'ENABLED' },
    failing: { Status: 'PAUSED' },
  },
  {
    ...low,
    id: 'macie-session-publishing-frequency',
    title: 'Macie tells of policy findings within fifteen minutes',
    why: 'A bucket that was opened to the public is told again only after that time.',
    remedy: 'Leave FindingPublishingFrequency out, or set it to FIFTEEN_MINUTES.',
    type: 'AWS::Macie::Session',
    path: 'FindingPublishingFrequency',
    expect: isOneOf('FIFTEEN_MINUTES'),
    absent: 'passes',
    passing: { FindingPublishingFrequency: 'FIFTEEN_MINUTES' },
    failing: { FindingPublishingFrequency: 'SIX_HOURS' },
  },
  {
    ...low,
    id: 'macie-findings-filter-keeps-findings',
    title: 'Macie filters put no finding away unseen',
    why: 'An archived finding is not sent to EventBridge or Security Hub.',
    remedy: 'Leave Action out, or set it to NOOP.',
    type: 'AWS::Macie::FindingsFilter',
    path: 'Action',
    expect: isNoneOf('ARCHIVE'),
    absent: 'passes',
    passing: macieFilter('NOOP'),
    failing: macieFilter('ARCHIVE'),
  },
  {
    ...low,
    id: 'inspector-filter-keeps-findings',
    title: 'Inspector filters hide no finding',
    why: 'A suppressed weakness is still one, and nobody reviews the filter.',
    remedy: 'Set FilterAction to NONE.',
    type: 'AWS::InspectorV2::Filter',
    path: 'FilterAction',
    expect: isNoneOf('SUPPRESS'),
    absent: 'passes',
    passing: suppression('NONE'),
    failing: suppression('SUPPRESS'),
  },
  {
    ...detection,
    id: 'accessanalyzer-analyzer-keeps-public-findings',
    title: 'Access Analyzer puts no finding of public access away unseen',
    why: 'A rule that archives what is public hides the very thing the analyzer is for.',
    remedy: 'Take the filter on isPublic out of ArchiveRules.',
    type: 'AWS::AccessAnalyzer::Analyzer',
    path: 'ArchiveRules',
    expect: noEntry(hidesPublic),
    absent: 'passes',
    passing: { Type: 'ACCOUNT' },
    failing: { Type: 'ACCOUNT', ArchiveRules: [{ RuleName: 'public', Filter: [{ Property: 'isPublic', Eq: ['true'] }] }] },
  },
  {
    ...low,
    id: 'auditmanager-assessment-active',
    title: 'Audit Manager assessments collect evidence',
    why: 'An inactive assessment collects nothing for the next audit.',
    remedy: 'Leave Status out, or set it to ACTIVE.',
    type: 'AWS::AuditManager::Assessment',
    path: 'Status',
    expect: isOneOf('ACTIVE'),
    absent: 'passes',
    passing: { Status: 'ACTIVE' },
    failing: { Status: 'INACTIVE' },
  },
  {
    ...operatorsKey,
    id: 'securitylake-data-lake-customer-key',
    title: 'Security Lake encrypts under a key that the customer manages',
    why: 'The lake gathers the audit records of every account.',
    remedy: 'Set EncryptionConfiguration.KmsKeyId to a KMS key of your own.',
    type: 'AWS::SecurityLake::DataLake',
    path: 'EncryptionConfiguration.KmsKeyId',
    passing: { EncryptionConfiguration: { KmsKeyId: exampleKey } },
    failing: {},
    expect: (value, deployment) => (value === 'S3_MANAGED_KEY' ? false : isCustomerKey(value, deployment)),
  },
  {
    ...recordsKept,
    id: 'securitylake-data-lake-retention',
    title: 'Security Lake keeps records for at least a year',
    why: 'Breaches are often found months after they began.',
    remedy: 'Leave LifecycleConfiguration.Expiration out, or set Days to 365 or more.',
    type: 'AWS::SecurityLake::DataLake',
    path: 'LifecycleConfiguration.Expiration.Days',
    expect: atLeast(365),
    absent: 'passes',
    passing: { LifecycleConfiguration: { Expiration: { Days: 2192 } } },
    failing: { LifecycleConfiguration: { Expiration: { Days: 30 } } },
  },
])

const defaults = 'EnableDefaultStandards'
const standardTypes = ['AWS::SecurityHub::Standard', 'AWS::SecurityHub::ConfigurationPolicy']

function judgeStandards(hub: Resource, deployment: Deployment): Outcome {
  const value = hub.get(defaults)
  if (value instanceof Unknown) return undecided(defaults, value.reason)
  const [named] = deployment.ofType(...standardTypes)
  if (!isFalse(value)) return pass(defaults, value)
  return named === undefined ? fail(defaults, value) : pass(defaults, `standards of ${named.logicalId}`)
}

const standards: ResourceControl = {
  ...detection,
  id: 'securityhub-hub-standards',
  title: 'Security Hub judges the account by a standard',
  why: 'Without a standard the hub gathers findings of others and checks nothing itself.',
  remedy: 'Leave EnableDefaultStandards out, or add an AWS::SecurityHub::Standard.',
  types: ['AWS::SecurityHub::Hub'],
  judge: judgeStandards,
  passing: { Hub: { Type: 'AWS::SecurityHub::Hub', Properties: {} } },
  failing: { Hub: { Type: 'AWS::SecurityHub::Hub', Properties: { EnableDefaultStandards: false } } },
}

/** Controls on the services that watch an account: GuardDuty, Security Hub, Macie, Inspector, Access Analyzer, Audit Manager, Security Lake. */
export const threatDetectionControls: readonly ResourceControl[] = [...rows, standards, ...guardDutyFeatures]
