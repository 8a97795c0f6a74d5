import { describe, expect, test } from 'vitest'
import { type AdoptableService, adoptableServices } from '../../lib/config/schema.ts'
import { judgeAdoption } from '../../lib/prepare/checks/adoption.ts'
import { prepare } from '../../lib/prepare/index.ts'
import type { Reader } from '../../lib/prepare/reader.ts'
import { ownConfig, perfectReader } from './perfect.ts'

const cases = [
  { adopted: false, exists: false, ours: false, verdict: 'ok' },
  { adopted: false, exists: true, ours: true, verdict: 'ok' },
  { adopted: false, exists: true, ours: 'perhaps', verdict: 'ok' },
  { adopted: false, exists: true, ours: false, verdict: 'mend', step: "Add 'macie' to adopted in lib/config/environments/sandbox.ts." },
  { adopted: true, exists: true, ours: false, verdict: 'ok' },
  { adopted: true, exists: true, ours: 'perhaps', verdict: 'ok' },
  { adopted: true, exists: true, ours: true, verdict: 'mend', step: "Remove 'macie' from adopted in lib/config/environments/sandbox.ts." },
  {
    adopted: true,
    exists: false,
    ours: false,
    verdict: 'mend',
    step: "Remove 'macie' from adopted in lib/config/environments/sandbox.ts.",
  },
] as const

test.each(cases)('adopted $adopted, exists $exists, ours $ours: $verdict', ({ adopted, exists, ours, verdict, ...rest }) => {
  const judgement = judgeAdoption(ownConfig({ adopted: adopted ? ['macie'] : [] }), 'macie', { exists, ours })
  expect(judgement.verdict).toBe(verdict)
  expect(judgement.mend).toEqual('step' in rest ? [{ do: rest.step }] : undefined)
})

// What each service answers in an account where others made it, and where nobody did.
const strangers: Partial<Record<AdoptableService, Partial<Reader>>> = {
  config: { configRecorders: async () => ['default'] },
  'github-oidc-provider': { oidcProviderTags: async () => ({ team: 'platform' }) },
  guardduty: { guardDutyTags: async () => ({}) },
  macie: { confirmedAddresses: async () => undefined },
  'security-hub': { securityHubTags: async () => ({ 'safe-harbor:environment': 'production' }) },
  'vpc-block-public-access': { vpcExists: async () => false },
}
const absent: typeof strangers = {
  config: { configRecorders: async () => [] },
  'github-oidc-provider': { oidcProviderTags: async () => undefined },
  guardduty: { guardDutyTags: async () => undefined },
  macie: { macieIsEnabled: async () => false },
  'security-hub': { securityHubTags: async () => undefined },
  'vpc-block-public-access': { blockPublicAccess: async () => ({ mode: 'off', managedBy: 'account' }) },
}

// No client reads these; people look.
const looked: readonly AdoptableService[] = ['access-analyzer', 'api-gateway-logging']

const verdictOf = async (service: AdoptableService, adopted: boolean, reader: Partial<Reader>) => {
  const { groups } = await prepare(ownConfig({ adopted: adopted ? [service] : [] }), perfectReader(reader))
  return groups.flatMap(({ checks }) => checks).find(({ id }) => id === `adopted-${service}`)?.judgement.verdict
}

describe.each(adoptableServices.filter((service) => !looked.includes(service)))('%s', (service) => {
  test('that others made must be adopted', async () => {
    expect(await verdictOf(service, false, strangers[service] ?? {})).toBe('mend')
    expect(await verdictOf(service, true, strangers[service] ?? {})).toBe('ok')
  })
  test('that is absent must not be adopted', async () => {
    expect(await verdictOf(service, false, absent[service] ?? {})).toBe('ok')
    expect(await verdictOf(service, true, absent[service] ?? {})).toBe('mend')
  })
})

describe('the service-linked role of AWS Config', () => {
  const judgementOf = async (reader: Partial<Reader>, adopted: readonly AdoptableService[] = []) => {
    const { groups } = await prepare(ownConfig({ adopted: [...adopted] }), perfectReader(reader))
    return groups.flatMap(({ checks }) => checks).find(({ id }) => id === 'config-role')?.judgement.because
  }

  test('is made where it is absent', async () => {
    expect(await judgementOf({ configRecorders: async () => [], roleExists: async () => false })).toBe('It does not exist yet.')
  })
  test('goes with a recorder that others made, which is to be adopted', async () => {
    expect(await judgementOf({ configRecorders: async () => ['default'] })).toMatch(/is to be adopted/)
  })
  test('is not asked for where AWS Config is adopted', async () => {
    expect(await judgementOf({}, ['config'])).toBeUndefined()
  })
})

test('a setting that the organization decides must be adopted, even where the network stands', async () => {
  const reader: Partial<Reader> = { blockPublicAccess: async () => ({ mode: 'off', managedBy: 'declarative-policy' }) }
  expect(await verdictOf('vpc-block-public-access', false, reader)).toBe('mend')
})
