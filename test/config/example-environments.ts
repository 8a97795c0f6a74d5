import type { Phase } from '../../lib/config/phases.ts'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'

// Environments of the tests' own: tests of one unit start from these, so that they hold whatever is written in lib/config/environments.

/** A trial: one account, one Region. Its accounts, contacts and repository are examples, which `prepare` refuses. */
export const exampleTrial = {
  name: 'sandbox',
  purpose: 'trial',
  accounts: { workload: '111122223333', audit: '111122223333', recovery: '111122223333' },
  regions: { primary: 'us-east-1' },
  network: {
    cidr: '10.40.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    reservedCidrs: ['10.0.0.0/16'],
    gatewayPrefixLists: { dynamodb: 'pl-02cd2c6b', s3: 'pl-63a5400a' },
  },
  contacts: { security: 'security@example.org', privacy: 'privacy@example.org', operations: 'operations@example.org' },
  retention: { auditDays: 7, logDays: 7, backupDays: 7 },
  lock: { mode: 'governance', days: 1 },
  practices: [{ id: 'k3v9q2mx7t4z', patients: 120 }],
  phase: 'isolated',
  pilotPractices: [],
  breached: { accounts: ['999988887777'], identifiers: ['vpc-0badc0de0badc0de0'] },
  adopted: [],
  signIn: { host: 'on-call.example.org' },
  telephone: { originationIdentity: 'phone-00000000000000000000000000000000', country: 'US' },
  github: { repository: 'example/safe-harbor', environment: 'sandbox' },
  breakGlass: ['break-glass-first', 'break-glass-second'],
} satisfies EnvironmentConfig

/** Production: three accounts, two Regions, guardrails. */
export const exampleProduction = {
  name: 'production',
  purpose: 'production',
  accounts: { workload: '444455556666', audit: '555566667777', recovery: '666677778888' },
  regions: { primary: 'us-east-1', recovery: 'us-west-2' },
  network: {
    cidr: '10.41.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    reservedCidrs: ['10.0.0.0/16'],
    gatewayPrefixLists: { dynamodb: 'pl-02cd2c6b', s3: 'pl-63a5400a' },
  },
  contacts: { security: 'security@example.org', privacy: 'privacy@example.org', operations: 'operations@example.org' },
  retention: { auditDays: 2192, logDays: 365, backupDays: 180 },
  lock: { mode: 'compliance', days: 2192 },
  practices: [
    { id: 'w8c5n1rj6h0d', patients: 4210 },
    { id: 'p2x7f9ab3k8s', patients: 11873 },
    { id: 'z6t4m0vq5y1g', patients: 2954 },
  ],
  phase: 'isolated',
  pilotPractices: ['w8c5n1rj6h0d'],
  breached: { accounts: ['999988887777'], identifiers: ['vpc-0badc0de0badc0de0'] },
  adopted: [],
  signIn: { host: 'on-call.example.org' },
  telephone: { originationIdentity: 'phone-11111111111111111111111111111111', country: 'US' },
  github: { repository: 'example/safe-harbor', environment: 'production' },
  breakGlass: ['break-glass-first', 'break-glass-second'],
  guardrails: { managementAccount: '777788889999', targets: ['ou-ab12-cdef3456'] },
} satisfies EnvironmentConfig

/** An example in a phase. In the pilot its first practice is served, so that whoever asks for the same phase has the same environment. */
export const inPhase = (example: EnvironmentConfig, phase: Phase): EnvironmentConfig => ({
  ...example,
  phase,
  pilotPractices: phase === 'pilot' ? example.practices.slice(0, 1).map(({ id }) => id) : example.pilotPractices,
})
