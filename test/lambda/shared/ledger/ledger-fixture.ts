import type { Disclosure } from '../../../../lambda/shared/ledger/disclosure.ts'

/** A practice of the tests. */
export const practice = 'practice1'

/** Patients of the tests. */
export const patients = ['patient01', 'patient02', 'patient03'] as const

/** When the tests' ledgers begin, in milliseconds since 1970. */
export const start = Date.UTC(2026, 10, 22, 15)

/** A look at one of the patients, some seconds after the start. */
export const look = (seconds: number, over: Partial<Disclosure> = {}): Disclosure => ({
  practice,
  patient: patients[seconds % patients.length] ?? patients[0],
  person: 'person001',
  role: 'provider',
  purpose: 'treatment',
  elements: ['callback-number', 'message'],
  requestId: `request-${seconds}`,
  time: new Date(start + seconds * 1000).toISOString(),
  ...over,
})
