import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Item } from '../../lambda/shared/items/items.ts'
import { type LocalItems, openLocalItems } from '../../lib/local-service/level-items.ts'
import { behavesAsItems } from '../lambda/shared/items/behaves-as-items.ts'

behavesAsItems(() => items)

let folder = ''
let items: LocalItems
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'level-items-'))
  items = await openLocalItems(folder)
})
afterEach(async () => {
  await items.close()
  await rm(folder, { recursive: true })
})

const item = (sk: string, attributes: Item['attributes'] = {}): Item => ({ table: 'routing', pk: 'practice#calls', sk, attributes })

describe('tables in a folder', () => {
  test('give back every kind of attribute as it was written, also after they were opened again', async () => {
    const attributes = { text: 'é', number: 1.5, yes: true, bytes: new Uint8Array([0, 255, 10]), list: ['a', 'b'] }
    await items.write([{ put: item('one', attributes) }])
    await items.close()
    items = await openLocalItems(folder)
    expect(await items.get(item('one'))).toEqual(item('one', attributes))
  })

  test('keep partitions apart whose names begin alike', async () => {
    const other = { ...item('x'), pk: 'practice#calls2' }
    await items.write([{ put: item('a') }, { put: other }, { put: { ...item('y'), table: 'ledger' } }])
    expect(await items.query({ table: 'routing', pk: 'practice#calls' })).toEqual([item('a')])
    expect(await items.query({ table: 'routing', pk: 'practice#calls', from: 'a', to: 'a' })).toEqual([item('a')])
    expect(await items.query({ table: 'routing', pk: 'practice' })).toEqual([])
  })

  test('let exactly one of a hundred writes win that ask for the same absence at once', async () => {
    const writes = Array.from({ length: 100 }, (_, number) => items.write([{ put: item('one', { number }), onlyIf: 'absent' }]))
    const answers = await Promise.all(writes)
    expect(answers.filter((answer) => answer === 'written')).toHaveLength(1)
    expect((await items.get(item('one')))?.attributes['number']).toBe(answers.indexOf('written'))
  })

  test('count every one of a hundred increments that retry when refused', async () => {
    await items.write([{ put: item('counter', { count: 0 }) }])
    await Promise.all(Array.from({ length: 100 }, increment))
    expect((await items.get(item('counter')))?.attributes['count']).toBe(100)
  })

  test('write nothing of a write of which one condition fails', async () => {
    const answer = await items.write([{ put: item('one') }, { check: item('two'), onlyIf: 'present' }])
    expect(answer).toBe('refused')
    expect(await items.get(item('one'))).toBeUndefined()
  })

  test('compare bytes by what they hold', async () => {
    await items.write([{ put: item('one', { bytes: new Uint8Array([1, 2]) }) }])
    const equals = (bytes: Uint8Array) => items.write([{ check: item('one'), onlyIf: { equals: { bytes } } }])
    expect(await equals(Buffer.from([1, 2]))).toBe('written')
    expect(await equals(new Uint8Array([1, 3]))).toBe('refused')
  })

  test('cannot be opened twice, and say so', async () => {
    await expect(openLocalItems(folder)).rejects.toThrow('Is another server running on it?')
  })

  test('refuse a key that could reach into another partition', async () => {
    await expect(items.write([{ put: { ...item('one'), pk: 'practice#calls\u0000x' } }])).rejects.toThrow('no key may hold')
  })

  async function increment(): Promise<void> {
    const count = Number((await items.get(item('counter')))?.attributes['count'])
    const answer = await items.write([{ put: item('counter', { count: count + 1 }), onlyIf: { equals: { count } } }])
    if (answer === 'refused') await increment()
  }
})

test('a crash in the middle of writing loses no write that was answered, and keeps no half of one', async () => {
  const crashing = await mkdtemp(join(tmpdir(), 'level-crash-'))
  const answered = await writeUntilKilled(crashing)
  const after = await openLocalItems(crashing)
  const stored = new Set((await after.query({ table: 'routing', pk: 'practice#calls' })).map(({ sk }) => sk))
  const twins = new Set((await after.query({ table: 'routing', pk: 'practice#open' })).map(({ sk }) => sk))
  await after.close()
  await rm(crashing, { recursive: true })
  expect(answered.length).toBeGreaterThan(200)
  expect(answered.filter((sk) => !stored.has(sk))).toEqual([])
  expect(twins).toEqual(stored)
})

/** Starts a process that writes without end, and kills it when some hundred writes were answered. */
function writeUntilKilled(crashing: string): Promise<string[]> {
  const child = fork(join(import.meta.dirname, 'write-without-end.ts'), [crashing], { execArgv: ['--import', 'tsx'] })
  const answered: string[] = []
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('message', (sk) => {
      answered.push(String(sk))
      if (answered.length === 300) child.kill('SIGKILL')
    })
    child.on('exit', () => resolve(answered))
  })
}
