import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { parseEnvironment } from '../../lib/config/load-environment.ts'
import { phases } from '../../lib/config/phases.ts'
import { adoptableServices, type EnvironmentConfig } from '../../lib/config/schema.ts'
import { exampleProduction, exampleTrial } from '../config/example-environments.ts'
import { isMadeFor } from './claims/claim.ts'
import { claims } from './claims/index.ts'
import { synthesizedFrom } from './synthesized.ts'

// What is claimed of the environments as they are must hold for whatever else the schema accepts: nothing may depend on the examples.

const zones = (region: string, ...letters: string[]) => letters.map((letter) => `${region}${letter}`)

const production: EnvironmentConfig = {
  name: 'live',
  purpose: 'production',
  accounts: { workload: '314159265358', audit: '271828182845', recovery: '161803398874' },
  regions: { primary: 'eu-central-1', recovery: 'eu-west-1' },
  network: {
    cidr: '172.20.16.0/20',
    availabilityZones: zones('eu-central-1', 'c', 'a'),
    reservedCidrs: ['10.0.0.0/8', '192.168.0.0/16'],
    gatewayPrefixLists: { dynamodb: 'pl-66a5400f', s3: 'pl-6ea54007' },
  },
  contacts: { security: 'alarm@on-call.health', privacy: 'privacy@on-call.health', operations: 'operations@on-call.health' },
  retention: { auditDays: 3000, logDays: 731, backupDays: 120 },
  lock: { mode: 'compliance', days: 2557 },
  practices: [
    { id: 'q9q9q9q9q9q9', patients: 77 },
    { id: 'p8p8p8p8p8p8', patients: 0 },
  ],
  phase: 'restoring',
  pilotPractices: [],
  breached: { accounts: ['141421356237'], identifiers: ['vpc-0feedfacefeedface'] },
  signIn: { host: 'sign-in.on-call.health' },
  telephone: { originationIdentity: 'pool-a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1', country: 'CA' },
  adopted: [...adoptableServices],
  github: { repository: 'on-call.health/rebuilt', environment: 'approved' },
  breakGlass: ['anna.k', 'bernd+night@on-call.health'],
}

const trial: EnvironmentConfig = {
  ...production,
  name: 'try-out',
  purpose: 'trial',
  accounts: { workload: '577215664901', audit: '577215664901', recovery: '577215664901' },
  network: { ...production.network, cidr: '10.99.64.0/18', availabilityZones: zones('eu-central-1', 'a', 'b', 'c'), reservedCidrs: [] },
  retention: { auditDays: 30, logDays: 14, backupDays: 21 },
  lock: { mode: 'governance', days: 3 },
  phase: 'open',
  adopted: ['guardduty', 'config', 'api-gateway-logging'],
  breakGlass: ['a'.repeat(64), 'b'.repeat(64)],
}

/** One synthesis each. */
const variants: Readonly<Record<string, EnvironmentConfig>> = {
  'a production in Europe that adopts every service, its guardrails left to others': production,
  'a production whose Regions must be enabled first, with recovery points kept longer than the lock': {
    ...production,
    name: 'far-away',
    regions: { primary: 'ap-southeast-4', recovery: 'eu-central-2' },
    network: {
      ...production.network,
      cidr: '192.168.0.0/16',
      availabilityZones: zones('ap-southeast-4', 'a', 'b', 'c'),
      reservedCidrs: [],
    },
    retention: { auditDays: 4000, logDays: 3653, backupDays: 3500 },
    phase: 'pilot',
    pilotPractices: ['p8p8p8p8p8p8'],
    adopted: [],
    guardrails: { managementAccount: '662607015000', targets: ['ou-a1b2-12345678', '314159265358'] },
  },
  'a production that has not begun, in an account where public access is blocked already': {
    ...production,
    phase: 'isolated',
    adopted: ['vpc-block-public-access', 'api-gateway-logging'],
  },
  'a trial in one account and two Regions': trial,
  'a trial whose evidence and copies share an account, kept for a day under a lock that nobody lifts': {
    ...trial,
    accounts: { workload: '577215664901', audit: '141592653589', recovery: '141592653589' },
    regions: { primary: 'eu-central-1' },
    retention: { auditDays: 1, logDays: 1, backupDays: 1 },
    lock: { mode: 'compliance', days: 1 },
    phase: 'evidence',
    adopted: ['security-hub', 'macie'],
  },
  'a trial with an account for its copies, under guardrails': {
    ...trial,
    accounts: { workload: '577215664901', audit: '577215664901', recovery: '141592653589' },
    phase: 'read-only',
    adopted: ['access-analyzer', 'vpc-block-public-access', 'github-oidc-provider'],
    guardrails: { managementAccount: '662607015000', targets: ['577215664901'] },
  },
}

describe.each(Object.entries(variants))('%s', (_says, written) => {
  const config = parseEnvironment(written, written.name)
  const templates = synthesizedFrom(config)

  test.each([...templates])('keeps every claim made of %s', (stack, template) => {
    const made = claims.filter((claim) => claim.stack === stack && isMadeFor(claim, config))
    const broken = made.flatMap((claim) => complaintOf(() => claim.check(template, config), claim.says))
    expect(made.length).toBeGreaterThan(0)
    expect(broken).toEqual([])
  })

  test('takes nothing from the examples and nothing from the breached environment', () => {
    const strange = [...ofTheExamples, ...config.breached.accounts, ...config.breached.identifiers]
    const found = [...templates].flatMap(([stack, template]) => {
      const text = textOf(template)
      return strange.filter((value) => text.includes(value)).map((value) => `${value} in ${stack}`)
    })
    expect(found).toEqual([])
  })
})

test('The configurations above are in every phase, and adopt every service in one and leave it out in another', () => {
  const all = Object.values(variants)
  expect(phases.filter((phase) => all.every((config) => config.phase !== phase))).toEqual([])
  for (const service of adoptableServices)
    expect(new Set(all.map(({ purpose, adopted }) => `${purpose} ${adopted.includes(service)}`)), service).toHaveLength(4)
})

/** Values that only the example environments hold. */
const ofTheExamples = [exampleTrial, exampleProduction].flatMap(({ accounts, regions, network, contacts, github, breakGlass }) => [
  ...Object.values(accounts),
  ...Object.values(regions),
  ...Object.values(network.gatewayPrefixLists),
  ...Object.values(contacts),
  network.cidr,
  github.repository,
  ...breakGlass,
])

// Tables of evidence name every Region there is, for a trail of all Regions delivers from each.
const textOf = (template: Template): string =>
  JSON.stringify(template.toJSON(), (key, value: unknown) => (key === 'projection.region.values' ? undefined : value))

function complaintOf(check: () => void, says: string): string[] {
  try {
    check()
    return []
  } catch (error) {
    return [`${says}: ${(error as Error).message}`]
  }
}
