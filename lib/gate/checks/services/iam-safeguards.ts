import type { Citation } from '../citations.ts'
import type { ControlText } from '../control.ts'

type Safeguard = Pick<ControlText, 'topic' | 'citations'>

/** Sections that ask to grant access by role and need, and no more. */
export const leastPrivilege = [
  '164.308(a)(3)(i)',
  '164.308(a)(3)(ii)(A)',
  '164.308(a)(3)(ii)(B)',
  '164.308(a)(4)(i)',
  '164.308(a)(4)(ii)(A)',
  '164.308(a)(4)(ii)(B)',
  '164.308(a)(4)(ii)(C)',
  '164.312(a)(1)',
] as const satisfies readonly Citation[]

/** Nobody may do more than they need. */
export const privilege = { topic: 'iam-privilege', citations: leastPrivilege } as const satisfies Safeguard

/** Whoever comes in has shown who they are. */
export const identity = { topic: 'authn-authz', citations: ['164.312(a)(2)(i)', '164.312(d)'] } as const satisfies Safeguard

/** Keys and passwords are kept from those who do not need them. */
export const secrecy = {
  topic: 'secrets-in-template',
  citations: ['164.308(a)(4)(ii)(B)', '164.308(a)(5)(ii)(D)', '164.312(a)(1)', '164.312(d)'],
} as const satisfies Safeguard

/** Keys and secrets are renewed. */
export const renewal = { topic: 'key-rotation', citations: ['164.308(a)(4)(ii)(B)', '164.312(a)(2)(iv)'] } as const satisfies Safeguard
