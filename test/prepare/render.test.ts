import { expect, test } from 'vitest'
import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { offline, prepare } from '../../lib/prepare/index.ts'
import { renderPrepared } from '../../lib/prepare/render.ts'
import { ownConfig, perfectReader } from './perfect.ts'

test.each(['sandbox', 'production'])('the list for %s without credentials', async (environment) => {
  const config = loadEnvironment(environment)
  const text = renderPrepared(await prepare(config, offline), config)
  await expect(text).toMatchFileSnapshot(`golden/${environment}-offline.txt`)
})

test('the list for an account that was read, with some things to mend and one refused', async () => {
  const config = ownConfig()
  const reader = perfectReader({
    quota: async () => 10,
    guardDutyTags: async () => ({}),
    user: async (name) => (name === 'break-glass-first' ? { hasPassword: true, mfaSerials: [], accessKeys: 0 } : undefined),
    passwordPolicy: async () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' })),
  })
  await expect(renderPrepared(await prepare(config, reader), config)).toMatchFileSnapshot('golden/sandbox-read.txt')
})

test('no line is wider than 100 columns, but for a single word', async () => {
  const config = loadEnvironment('production')
  const lines = renderPrepared(await prepare(config, offline), config).split('\n')
  const wide = lines.filter((line) => line.length > 100)
  expect(wide.filter((line) => line.replace(/ \\$/, '').trim().split(' ').length > 2)).toEqual([])
})
