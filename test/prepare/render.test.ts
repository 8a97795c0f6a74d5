import { expect, test } from 'vitest'
import { offline, prepare } from '../../lib/prepare/index.ts'
import { renderPrepared } from '../../lib/prepare/render.ts'
import { exampleProduction, exampleTrial } from '../config/example-environments.ts'
import { ownConfig, perfectReader } from './perfect.ts'

test.each([exampleTrial, exampleProduction])('the list for $name without credentials', async (config) => {
  const text = renderPrepared(await prepare(config, offline), config)
  await expect(text).toMatchFileSnapshot(`golden/${config.name}-offline.txt`)
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

test('where nothing is left but what only a person can decide, deployment comes next', async () => {
  const config = ownConfig()
  const ending = async (reader: Parameters<typeof prepare>[1]) =>
    renderPrepared(await prepare(config, reader), config)
      .trim()
      .split('\n')
      .at(-1)
  expect(await ending(perfectReader())).toBe('Next: tick off by hand what is unknown, then deploy.')
  expect(await ending(perfectReader({ quota: async () => 10 }))).toBe('  safe-harbor prepare sandbox')
  expect(await ending(perfectReader({ user: async () => undefined }))).toBe('  safe-harbor prepare sandbox')
})

test('no line is wider than 100 columns, but for a single word', async () => {
  const lines = renderPrepared(await prepare(exampleProduction, offline), exampleProduction).split('\n')
  const wide = lines.filter((line) => line.length > 100)
  expect(wide.filter((line) => line.replace(/ \\$/, '').trim().split(' ').length > 2)).toEqual([])
})
