import type { Envelope } from '../envelope.ts'
import { externalAccessFinding, unusedAccessFinding } from './access-analyzer.ts'
import { complianceChange } from './config-rule.ts'
import { guardDutyFinding } from './guard-duty.ts'
import { macieFinding } from './macie.ts'
import type { Reader } from './reader.ts'
import { securityHubFinding } from './security-hub.ts'
import { tamperingCall } from './tampering.ts'

/** Readers by detail type: each detail type names its service, and calls that CloudTrail tells of have one shape for all services. */
const readers: Readonly<Record<string, Reader>> = {
  'Access Analyzer Finding': externalAccessFinding,
  'AWS API Call via CloudTrail': tamperingCall,
  'Config Rules Compliance Change': complianceChange,
  'GuardDuty Finding': guardDutyFinding,
  'Macie Finding': macieFinding,
  'Security Hub Findings - Imported': securityHubFinding,
  'Unused Access Finding for IAM entities': unusedAccessFinding,
}

/** The reader of an event; undefined when nobody foresaw its kind. */
export const readerOf = (event: Envelope): Reader | undefined =>
  Object.hasOwn(readers, event['detail-type']) ? readers[event['detail-type']] : undefined
