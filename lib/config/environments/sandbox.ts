import type { EnvironmentConfig } from '../schema.ts'

/** A trial: one account, one Region, everything in it; locked for a day, and gone by itself a day or two after that. */
export const sandbox = {
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
  retention: { auditDays: 2, logDays: 7, backupDays: 2 },
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
