import { expect, test } from 'vitest'
import { exitCodeOf, offline, prepare } from '../../lib/prepare/index.ts'
import { exampleProduction as production } from '../config/example-environments.ts'
import { account, ownConfig, perfectReader } from './perfect.ts'

const refused =
  (name: string, message = 'no') =>
  async () =>
    Promise.reject(Object.assign(new Error(message), { name }))
const judgementOf = async (id: string, reader: Parameters<typeof prepare>[1]) => {
  const { groups } = await prepare(ownConfig(), reader)
  return groups.flatMap(({ checks }) => checks).find((check) => check.id === id)?.judgement
}

test('each check is one of its kind in its account and Region', async () => {
  for (const config of [production, ownConfig()]) {
    const { groups } = await prepare(config, offline)
    const keys = groups.flatMap(({ account, checks }) => checks.map(({ id, region }) => `${account?.id} ${region} ${id}`))
    expect(keys).toEqual([...new Set(keys)])
    expect(keys.every((key) => /[a-z0-9-]+$/.test(key))).toBe(true)
  }
})

test('accounts come in the order of preparing: what the organization must allow first, the workload last', async () => {
  const { groups } = await prepare(production, offline)
  expect(groups.map(({ account }) => account?.duties)).toEqual([undefined, ['management'], ['audit'], ['recovery'], ['workload']])
})

test('the account that holds every duty appears once', async () => {
  const { groups } = await prepare(ownConfig(), offline)
  expect(groups.map(({ account }) => account?.duties)).toEqual([undefined, ['workload', 'audit', 'recovery']])
})

test('without guardrails the management account is unknown and still has copies to allow', async () => {
  const { guardrails: _, ...config } = production
  const { groups } = await prepare(config, offline)
  expect(groups[1]?.account?.id).toBeUndefined()
  const ids = groups[1]?.checks.map(({ id }) => id)
  expect(ids).toContain('cross-account-backup')
  expect(ids).not.toContain('organization-policy-types')
  expect(ids).not.toContain('bootstrap-foundation')
})

test('foundation is bootstrapped before operators, operators before the workload path', async () => {
  const { groups } = await prepare(production, offline)
  const ids = groups.at(-1)?.checks.map(({ id, region }) => `${id} ${region}`) ?? []
  expect(ids.filter((id) => /bootstrap|operators/.test(id))).toEqual([
    'bootstrap-foundation us-east-1',
    'bootstrap-foundation us-west-2',
    'operators-deployed us-east-1',
    'bootstrap-workload us-east-1',
  ])
})

test('only the account of the credentials is read', async () => {
  const reader = perfectReader({ account: production.accounts.recovery })
  const { read, because, groups } = await prepare(production, reader)
  expect(read).toBe(production.accounts.recovery)
  expect(because).toBeUndefined()
  const known = groups.filter(
    ({ account, checks }) => account !== undefined && checks.some(({ judgement }) => judgement.verdict !== 'unknown'),
  )
  expect(known.map((group) => group.account?.duties)).toEqual([['recovery']])
})

test('the management account is asked whether copies between accounts are allowed', async () => {
  const settings = async () => ({ isCrossAccountBackupEnabled: 'false' })
  const { groups } = await prepare(production, perfectReader({ account: '777788889999', organizationBackupSettings: settings }))
  const check = groups[1]?.checks.find(({ id }) => id === 'cross-account-backup')
  expect(check?.judgement).toEqual({ verdict: 'mend', because: 'isCrossAccountBackupEnabled is false.' })
})

test('credentials of another account are to be mended, and nothing is read with them', async () => {
  const reader = perfectReader({ account: '161803398874' })
  const prepared = await prepare(ownConfig(), reader)
  expect(prepared.read).toBeUndefined()
  expect(prepared.because).toBe('The credentials belong to 161803398874, which is no account of sandbox.')
  const check = prepared.groups[0]?.checks[0]
  expect(check?.judgement).toEqual({ verdict: 'mend', because: 'They belong to 161803398874.' })
  expect(check?.mend).toEqual([{ do: `Use credentials of ${account} (workload, audit, recovery).` }])
  expect(exitCodeOf(prepared)).toBe(1)
})

test('credentials of the breached environment are called what they are', async () => {
  const judgement = await judgementOf('credentials', perfectReader({ account: '271828182845' }))
  expect(judgement?.because).toMatch(/breached environment. Revoke them/)
})

test.each(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationErrorException'])(
  'a reading refused with %s names the missing permission',
  async (name) => {
    const judgement = await judgementOf('root-user', perfectReader({ rootUser: refused(name) }))
    expect(judgement).toEqual({ verdict: 'unknown', because: 'Reading was denied: iam:GetAccountSummary is missing.' })
  },
)

test('the permission that AWS itself names comes first', async () => {
  const message = 'User: arn:aws:sts::314159265358:assumed-role/x/y is not authorized to perform: iam:ListMFADevices on resource: user z'
  const judgement = await judgementOf('break-glass-first', perfectReader({ user: refused('AccessDenied', message) }))
  expect(judgement?.because).toBe('Reading was denied: iam:ListMFADevices is missing.')
})

test('a reading that fails leaves its check unknown, and the others as they are', async () => {
  const prepared = await prepare(ownConfig(), perfectReader({ quota: refused('TimeoutError') }))
  const checks = prepared.groups.flatMap((group) => group.checks)
  expect(checks.find(({ id }) => id === 'function-concurrency')?.judgement.because).toBe('Reading failed: TimeoutError.')
  expect(checks.find(({ id }) => id === 'inspector')?.judgement.verdict).toBe('ok')
})

test('the exit code is 1 when something is to be mended, and 0 for what is unknown', async () => {
  const perfect = await prepare(ownConfig(), perfectReader())
  expect(exitCodeOf(perfect)).toBe(0)
  expect(exitCodeOf(await prepare(ownConfig(), offline))).toBe(0)
  expect(exitCodeOf(await prepare(ownConfig(), perfectReader({ quota: async () => 10 })))).toBe(1)
})
