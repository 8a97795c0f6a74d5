import type { Severity, Topic } from '../../verdict.ts'
import type { Citation } from '../citations.ts'
import { isCustomerKey } from '../expectations.ts'

interface Safeguard {
  readonly topic: Topic
  readonly severity: Severity
  readonly citations: readonly Citation[]
}

/** Data on disk is encrypted. */
export const atRest = {
  topic: 'encryption-at-rest',
  severity: 'high',
  citations: ['164.312(a)(2)(iv)', '164.312(e)(2)(ii)'],
} as const satisfies Safeguard

/** The key that encrypts is the customer's own, for stores of sensitive data. */
export const customerKey = { ...atRest, severity: 'medium', expect: isCustomerKey, absent: 'fails', sensitiveOnly: true } as const

/** Data on a network is encrypted. */
export const inTransit = {
  topic: 'encryption-in-transit',
  severity: 'high',
  citations: ['164.312(a)(2)(iv)', '164.312(e)(1)', '164.312(e)(2)(i)', '164.312(e)(2)(ii)'],
} as const satisfies Safeguard

/** What people did with the data is recorded. */
export const audit = {
  topic: 'logging-audit',
  severity: 'high',
  citations: ['164.308(a)(3)(ii)(A)', '164.308(a)(5)(ii)(C)', '164.312(b)'],
} as const satisfies Safeguard

/** How the system fares is recorded. */
export const monitoring = { topic: 'logging-audit', severity: 'medium', citations: ['164.312(b)'] } as const satisfies Safeguard

/** Copies of the data are kept. */
export const backup = {
  topic: 'backup-recovery',
  severity: 'medium',
  citations: ['164.308(a)(7)(i)', '164.308(a)(7)(ii)(A)', '164.308(a)(7)(ii)(B)'],
} as const satisfies Safeguard

/** The system goes on when a part fails, or somebody deletes by mistake. */
export const availability = {
  topic: 'backup-recovery',
  severity: 'medium',
  citations: ['164.308(a)(7)(i)', '164.308(a)(7)(ii)(C)'],
} as const satisfies Safeguard

/** The internet has no way in. */
export const notPublic = {
  topic: 'public-access',
  severity: 'critical',
  citations: ['164.308(a)(3)(i)', '164.308(a)(4)(ii)(A)', '164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(e)(1)'],
} as const satisfies Safeguard

/** It stands in a network of its own. */
export const privateNetwork = {
  topic: 'network-exposure',
  severity: 'medium',
  citations: ['164.308(a)(3)(i)', '164.308(a)(4)(ii)(A)', '164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(e)(1)'],
} as const satisfies Safeguard

/** Who comes in has shown who they are. */
export const authentication = {
  topic: 'authn-authz',
  severity: 'high',
  citations: ['164.312(a)(1)', '164.312(d)'],
} as const satisfies Safeguard

/** Corrections of the maker arrive. */
export const patched = {
  topic: 'other',
  severity: 'medium',
  citations: ['164.308(a)(5)(ii)(A)', '164.308(a)(5)(ii)(B)'],
} as const satisfies Safeguard

/** Habits that make an attack a little harder. */
export const hygiene = { topic: 'other', severity: 'low', citations: [] } as const satisfies Safeguard

/** A KMS key, as examples name it. */
export const exampleKey = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
