import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { repeatsTableName } from './repeats-table.ts'
import { type Tampering, tamperings } from './tampering.ts'

/** Events that are carried to the alert function. */
export interface Route {
  /** Last part of the rule's name: `route-guardduty`. */
  readonly what: string
  /** One sentence for the EventBridge console. */
  readonly says: string
  /** Which events (Amazon EventBridge User Guide, "Creating event patterns"). */
  readonly pattern: Readonly<Record<string, unknown>>
}

/** Products whose findings come by a route of their own; Security Hub would tell them a second time. */
const toldElsewhere = ['Config', 'GuardDuty', 'IAM Access Analyzer', 'Macie'] as const

/** Which findings are worth waking somebody, by source. The rest stays in the consoles and in Security Hub. */
export const routes = (config: EnvironmentConfig): readonly Route[] => [
  {
    what: 'route-guardduty',
    says: 'Findings of GuardDuty, medium and above (4 and above on its scale).',
    pattern: { source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], detail: { severity: [{ numeric: ['>=', 4] }] } },
  },
  {
    what: 'route-security-hub',
    says: 'New findings of Security Hub, high and critical, that no other route carries.',
    pattern: {
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          ProductName: [{ 'anything-but': toldElsewhere }],
          RecordState: ['ACTIVE'],
          Severity: { Label: ['CRITICAL', 'HIGH'] },
          Workflow: { Status: ['NEW'] },
        },
      },
    },
  },
  {
    what: 'route-macie',
    says: 'Findings of Macie, medium and high.',
    pattern: {
      source: ['aws.macie'],
      'detail-type': ['Macie Finding'],
      detail: { severity: { description: ['High', 'Medium'] } },
    },
  },
  {
    what: 'route-access-analyzer',
    says: 'Active findings of Access Analyzer.',
    pattern: {
      source: ['aws.access-analyzer'],
      'detail-type': ['Access Analyzer Finding', 'Unused Access Finding for IAM entities'],
      detail: { status: ['ACTIVE'] },
    },
  },
  {
    what: 'route-config-rules',
    says: 'Resources that break a HIPAA rule of this environment, but for the table of repeats, which is in no backup plan.',
    pattern: {
      source: ['aws.config'],
      'detail-type': ['Config Rules Compliance Change'],
      detail: {
        configRuleName: [{ prefix: nameOf(config, '') }],
        newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        resourceId: [{ 'anything-but': [nameOf(config, repeatsTableName)] }],
      },
    },
  },
  {
    what: 'route-config-delivery',
    says: 'Failed deliveries of AWS Config to the audit account.',
    pattern: {
      source: ['aws.config'],
      'detail-type': ['Config Configuration History Delivery Status', 'Config Configuration Snapshot Delivery Status'],
      detail: { messageType: [{ suffix: 'Failed' }] },
    },
  },
  {
    what: 'route-tampering',
    says: 'API calls that switch a detector off, done or refused.',
    pattern: { 'detail-type': [apiCall], detail: callsOf(tamperings(config).filter(({ harms }) => harms === 'detectors')) },
  },
  {
    what: 'route-alert-tampering',
    says: 'API calls that keep findings from being told, done or refused.',
    pattern: {
      'detail-type': [apiCall],
      detail: { $or: tamperings(config).flatMap((row) => (row.harms === 'alerting' ? callsAbout(row) : [])) },
    },
  },
]

const apiCall = 'AWS API Call via CloudTrail'

// The services of these rows share no call of another's name with another meaning, so that two lists do; an event pattern has 2,048
// characters at most (Amazon EventBridge User Guide, "Amazon EventBridge quotas").
const callsOf = (rows: readonly Tampering[]): object => ({
  eventSource: rows.map(({ source }) => source),
  eventName: [...new Set(rows.flatMap(({ calls }) => calls))],
})

const callsAbout = ({ source, calls, about }: Tampering): object[] => {
  const call = { eventSource: [source], eventName: calls }
  if (about === undefined) return [call]
  return about.map(([field, value]) => ({ ...call, requestParameters: { [field]: [value.includes('*') ? { wildcard: value } : value] } }))
}
