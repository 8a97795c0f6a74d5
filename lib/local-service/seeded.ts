import type { EscalationPlan, Rotation } from '../../lambda/service/api/schemas.ts'
import type { Account } from './local-issuer.ts'
import { pools } from './pools.ts'

// Made up once at random, as every id of the service is, and kept, so that commands with them can be copied.
const northside = 'q7m2x9kd4t6w'
const lakeview = 'b3z8v5nr1h0c'

/** The practices that a new folder holds, by a name for people. */
export const practices = { northside, lakeview } as const

/** Who can sign in to a new folder, by the name to sign in with. */
export const accounts = {
  rivera: { pool: 'provider', subject: '5d0f7a3e-21c4-4b86-9e7a-c83b64f1d209', attributes: { 'custom:practices': northside } },
  okafor: {
    pool: 'provider',
    subject: 'e94c1b70-6f3d-4a52-8b1e-07d95ac2f634',
    attributes: { 'custom:practices': `${northside} ${lakeview}` },
  },
  lindgren: { pool: 'provider', subject: '37a8e5d2-c06b-4f19-a4d3-f12b908e6c57', attributes: { 'custom:practices': lakeview } },
  avery: {
    pool: 'patient',
    subject: 'a1c69f48-3b7e-4d05-bd92-5e8407f3c21a',
    attributes: { 'custom:practice': northside, 'custom:patient': 'n5t8c2wq7r4fy0kd' },
  },
  line: { pool: 'line', subject: pools.line.audience, attributes: {} },
} as const satisfies Record<string, Account>

/** Opaque id of a person, as it stands in sessions, schedules and the ledger. */
export const personOf = ({ subject }: Account): string => subject.replaceAll('-', '')

/** What a practice's folder begins with. */
export interface SeededPractice {
  readonly practice: string
  readonly rotation: Rotation
  readonly plan: EscalationPlan
  /** Numbers for notifications, by provider. The numbers are of the range kept for fiction (ATIS-0300115, 555-0100 to 555-0199). */
  readonly contacts: Readonly<Record<string, string>>
}

const [rivera, okafor, lindgren] = [personOf(accounts.rivera), personOf(accounts.okafor), personOf(accounts.lindgren)]
const plan: EscalationPlan = { repeatMinutes: 2, repeats: 5, voiceMinutes: 10, backupMinutes: 15, unansweredMinutes: 30 }
const aroundTheClock = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }]
const turns = { firstDay: '2026-01-05', handoverAt: '08:00', turnDays: 7, backup: [okafor], covered: aroundTheClock }

/** The two practices: one provider on call for each, the other one, who works for both, as the backup. */
export const seededPractices: readonly SeededPractice[] = [
  {
    practice: northside,
    plan,
    rotation: { ...turns, timeZone: 'America/Denver', providers: [rivera] },
    contacts: { [rivera]: '+12025550143', [okafor]: '+12025550177' },
  },
  {
    practice: lakeview,
    plan,
    rotation: { ...turns, timeZone: 'America/New_York', providers: [lindgren] },
    contacts: { [lindgren]: '+12025550119', [okafor]: '+12025550177' },
  },
]
