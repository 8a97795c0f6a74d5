import type { Citation } from '../citations.ts'

/** Sections of 45 CFR 164 that ask to keep strangers off a network. */
export const reach = [
  '164.308(a)(3)(i)',
  '164.308(a)(4)(ii)(A)',
  '164.308(a)(4)(ii)(C)',
  '164.312(a)(1)',
  '164.312(e)(1)',
] as const satisfies readonly Citation[]

/** Sections that ask to let nobody in on a port but those who are authorized. */
export const ports = [
  '164.308(a)(3)(i)',
  '164.308(a)(3)(ii)(B)',
  '164.308(a)(4)(i)',
  '164.308(a)(4)(ii)(A)',
  '164.308(a)(4)(ii)(B)',
  '164.308(a)(4)(ii)(C)',
  '164.312(a)(1)',
  '164.312(e)(1)',
] as const satisfies readonly Citation[]

/** Sections that ask to encrypt what is transmitted. */
export const transit = [
  '164.312(a)(2)(iv)',
  '164.312(e)(1)',
  '164.312(e)(2)(i)',
  '164.312(e)(2)(ii)',
] as const satisfies readonly Citation[]

/** Sections that ask to encrypt what is stored. */
export const rest = ['164.312(a)(2)(iv)', '164.312(e)(2)(ii)'] as const satisfies readonly Citation[]

/** Sections that ask to record what happens. */
export const audit = ['164.312(b)'] as const satisfies readonly Citation[]

/** Sections that ask for backups and a way back. */
export const recovery = ['164.308(a)(7)(i)', '164.308(a)(7)(ii)(A)', '164.308(a)(7)(ii)(B)'] as const satisfies readonly Citation[]

/** Sections that ask to keep the service running in an emergency. */
export const availability = ['164.308(a)(7)(i)', '164.308(a)(7)(ii)(C)'] as const satisfies readonly Citation[]
