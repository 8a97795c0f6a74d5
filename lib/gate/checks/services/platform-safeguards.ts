import { isCustomerKey } from '../expectations.ts'
import type { PropertyRow } from '../property-control.ts'
import { atRest, audit, monitoring, privateNetwork } from './safeguards.ts'

/** What a control says apart from its own words and its place: topic, severity, citations. */
export type Safeguard = Pick<PropertyRow, 'topic' | 'severity' | 'citations'>

/** Records and code cannot be changed unseen. */
export const integrity: Safeguard = { topic: 'logging-audit', severity: 'high', citations: ['164.312(c)(1)', '164.312(c)(2)'] }

/** Records are kept long enough to be looked at. */
export const recordsKept: Safeguard = { topic: 'logging-audit', severity: 'medium', citations: ['164.312(b)', '164.316(b)(2)(i)'] }

/** Somebody or something looks at what happens, and notices an attack. */
export const detection: Safeguard = {
  topic: 'logging-audit',
  severity: 'medium',
  citations: ['164.308(a)(1)(ii)(D)', '164.308(a)(5)(ii)(B)', '164.308(a)(5)(ii)(C)', '164.308(a)(6)(ii)', '164.312(b)'],
}

/** A part that is taken over does not take the rest with it. */
export const containment: Safeguard = {
  topic: 'iam-privilege',
  severity: 'medium',
  citations: ['164.308(a)(3)(i)', '164.308(a)(4)(ii)(A)', '164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
}

/** A session that nobody uses ends by itself. */
export const automaticLogoff: Safeguard = { topic: 'authn-authz', severity: 'medium', citations: ['164.312(a)(2)(iii)'] }

/** Known faults in software are found and corrected before they are used. */
export const softwareHealth: Safeguard = { topic: 'other', severity: 'medium', citations: ['164.308(a)(1)(ii)(B)', '164.308(a)(5)(ii)(B)'] }

/** What people did is recorded, where it is the second line of recording. */
export const lesserAudit: Safeguard = { ...audit, severity: 'low' }

/** How the system fares is recorded, where little is lost without it. */
export const lesserMonitoring: Safeguard = { ...monitoring, severity: 'low' }

/** A way in from the internet is open. */
export const exposed: Safeguard = { ...privateNetwork, severity: 'high' }

/** The key that encrypts records and code, which are no store of patient data, is the customer's own. */
export const operatorsKey = { ...atRest, severity: 'low', expect: isCustomerKey, absent: 'fails' } as const
