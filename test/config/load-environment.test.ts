import { describe, expect, test } from 'vitest'
import { ConfigurationError } from '../../lib/config/configuration-error.ts'
import { environments } from '../../lib/config/environments/index.ts'
import { loadEnvironment, parseEnvironment } from '../../lib/config/load-environment.ts'
import { exampleProduction, exampleTrial } from './example-environments.ts'

type Change = (config: ReturnType<typeof perfect>) => void

// Every case starts from a sound production and breaks one thing.
const perfect = () =>
  structuredClone(exampleProduction) as Record<string, unknown> & {
    -readonly [Key in keyof typeof exampleProduction]: (typeof exampleProduction)[Key]
  }

const refusals: readonly (readonly [says: string, change: Change, field: string, remedy: RegExp])[] = [
  ['an unknown key', (config) => Object.assign(config, { retries: 3 }), 'retries', /not a setting/],
  ['an unknown key inside', (config) => Object.assign(config.retention, { weeks: 3 }), 'retention.weeks', /not a setting/],
  ['a missing field', (config) => Reflect.deleteProperty(config, 'contacts'), 'contacts', /is missing/],
  ['a wrong type', (config) => Object.assign(config.accounts, { audit: 555566667777 }), 'accounts.audit', /text in quotes/],
  ['an account id that is too short', (config) => Object.assign(config.accounts, { audit: '5555' }), 'accounts.audit', /12 digits/],
  ['a phase that does not exist', (config) => Object.assign(config, { phase: 'opened' }), 'phase', /isolated, evidence, restoring/],
  ['a public range', (config) => Object.assign(config.network, { cidr: '11.0.0.0/16' }), 'network.cidr', /public address space/],
  ['a range that is no range', (config) => Object.assign(config.network, { cidr: '10.41.0.0' }), 'network.cidr', /IPv4 range/],
  ['a range with host bits', (config) => Object.assign(config.network, { cidr: '10.41.0.1/16' }), 'network.cidr', /host bits/],
  ['a range that is too large', (config) => Object.assign(config.network, { cidr: '10.0.0.0/8' }), 'network.cidr', /\/16 to \/20/],
  [
    'a range that overlaps a reserved one',
    (config) => Object.assign(config.network, { cidr: '10.0.0.0/16' }),
    'network.cidr',
    /overlaps the reserved range 10\.0\.0\.0\/16/,
  ],
  [
    'a reserved range that is no range',
    (config) => Object.assign(config.network, { reservedCidrs: ['ten'] }),
    'network.reservedCidrs.0',
    /IPv4 range/,
  ],
  [
    'a zone of another Region',
    (config) => Object.assign(config.network, { availabilityZones: ['us-east-1a', 'us-west-2a'] }),
    'network.availabilityZones.1',
    /zone of us-east-1/,
  ],
  [
    'one zone twice',
    (config) => Object.assign(config.network, { availabilityZones: ['us-east-1a', 'us-east-1a'] }),
    'network.availabilityZones.1',
    /twice/,
  ],
  [
    'a single zone',
    (config) => Object.assign(config.network, { availabilityZones: ['us-east-1a'] }),
    'network.availabilityZones',
    /at least two/,
  ],
  ['the same Region twice', (config) => Object.assign(config.regions, { recovery: 'us-east-1' }), 'regions.recovery', /must differ/],
  ['no second Region in production', (config) => Reflect.deleteProperty(config.regions, 'recovery'), 'regions.recovery', /second Region/],
  [
    'audit retention under six years',
    (config) => Object.assign(config.retention, { auditDays: 2191 }),
    'retention.auditDays',
    /six years.*164\.316/,
  ],
  ['a lock under six years', (config) => Object.assign(config.lock, { days: 365 }), 'lock.days', /six years/],
  [
    'recovery points that do not reach back before the intruder',
    (config) => Object.assign(config.retention, { backupDays: 89 }),
    'retention.backupDays',
    /at least 90/,
  ],
  ['a lock that a permission can lift', (config) => Object.assign(config.lock, { mode: 'governance' }), 'lock.mode', /compliance/],
  ['a lock longer than retention', (config) => Object.assign(config.lock, { days: 3000 }), 'lock.days', /longer than retention/],
  [
    'a log retention CloudWatch does not offer',
    (config) => Object.assign(config.retention, { logDays: 100 }),
    'retention.logDays',
    /CloudWatch Logs offers/,
  ],
  [
    'one account for two duties in production',
    (config) => Object.assign(config.accounts, { audit: config.accounts.workload }),
    'accounts',
    /three different accounts/,
  ],
  [
    'a pilot practice that is not served',
    (config) => Object.assign(config, { pilotPractices: ['unknown0'] }),
    'pilotPractices.0',
    /not served/,
  ],
  [
    'phase pilot without a practice',
    (config) => Object.assign(config, { phase: 'pilot', pilotPractices: [] }),
    'pilotPractices',
    /is empty/,
  ],
  [
    'one practice id twice',
    (config) => Object.assign(config, { practices: [...config.practices, config.practices[0]] }),
    'practices.3.id',
    /twice/,
  ],
  [
    'an account of the breached environment',
    (config) => Object.assign(config.accounts, { workload: '999988887777' }),
    'accounts.workload',
    /breached environment/,
  ],
  [
    'a Region of another partition',
    (config) => Object.assign(config.regions, { primary: 'us-gov-west-1' }),
    'regions.primary',
    /commercial Region/,
  ],
  [
    'a management account that guardrails would not bind',
    (config) => Object.assign(config.guardrails, { managementAccount: config.accounts.audit }),
    'guardrails.managementAccount',
    /would not bind/,
  ],
  [
    'guardrails on an account of the breached environment',
    (config) => Object.assign(config.guardrails, { targets: ['999988887777'] }),
    'guardrails.targets.0',
    /breached environment/,
  ],
  [
    'break-glass for one person in two spellings',
    (config) => Object.assign(config, { breakGlass: ['Anna', 'anna'] }),
    'breakGlass.1',
    /two different people/,
  ],
  ['break-glass for one person', (config) => Object.assign(config, { breakGlass: ['one', 'one'] }), 'breakGlass.1', /two different people/],
  ['break-glass for three people', (config) => Object.assign(config, { breakGlass: ['one', 'two', 'three'] }), 'breakGlass', /exactly two/],
  ['a name IAM does not accept', (config) => Object.assign(config, { breakGlass: ['one', 'no spaces'] }), 'breakGlass.1', /IAM accepts/],
  ['a service that cannot be adopted', (config) => Object.assign(config, { adopted: ['inspector'] }), 'adopted.0', /must be one of/],
  [
    'a breached identifier so short that it matches by accident',
    (config) => Object.assign(config.breached, { identifiers: ['vpc'] }),
    'breached.identifiers.0',
    /at least 6/,
  ],
  [
    'a name too long for the buckets of its Region',
    (config) => Object.assign(config, { name: 'production-two' }),
    'name',
    /at most 13 characters/,
  ],
  ['a name too long for any bucket', (config) => Object.assign(config, { name: 'production-of-the-service' }), 'name', /bucket names/],
]

describe('A configuration is refused that has', () => {
  test.each(refusals)('%s', (_says, change, field, remedy) => {
    const config = perfect()
    change(config)
    const problems = problemsOf(() => parseEnvironment(config, 'production'))
    expect(problems).toContainEqual(expect.objectContaining({ field, remedy: expect.stringMatching(remedy) }))
  })
})

describe('An environment', () => {
  test.each(Object.keys(environments))('%s is sound as it stands', (name) => {
    expect(loadEnvironment(name).name).toBe(name)
  })

  test('that does not exist is refused with the names of those that do', () => {
    expect(() => loadEnvironment('staging')).toThrow(`Choose one of ${Object.keys(environments).join(', ')}`)
  })

  test.each(['constructor', '__proto__', 'toString'])('called %s is refused like any other unknown name', (name) => {
    expect(() => loadEnvironment(name)).toThrow(ConfigurationError)
  })

  test('tells field, value and remedy of every problem at once', () => {
    const config = { ...perfect(), phase: 'opened', name: 'X' }
    expect(() => parseEnvironment(config, 'production')).toThrow(
      [
        'Environment "production" cannot be used:',
        '  name is "X": must be 2 to 15 lower-case letters, digits and hyphens: it is part of bucket names.',
        '  phase is "opened": must be one of isolated, evidence, restoring, read-only, pilot, open.',
      ].join('\n'),
    )
  })

  test('for a trial may keep less and lock less', () => {
    expect(parseEnvironment(exampleTrial, 'sandbox').lock).toEqual({ mode: 'governance', days: 1 })
  })
})

function problemsOf(run: () => unknown): ConfigurationError['problems'] {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems
    throw error
  }
  throw new Error('nothing was refused')
}
