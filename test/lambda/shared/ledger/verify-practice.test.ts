import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Attributes, Item } from '../../../../lambda/shared/items/items.ts'
import { lastPoint } from '../../../../lambda/shared/ledger/append.ts'
import { beginning, linkHash, linkIn, linkItem, nextLink } from '../../../../lambda/shared/ledger/chain.ts'
import type { Checkpoint } from '../../../../lambda/shared/ledger/checkpoint.ts'
import { entryItem } from '../../../../lambda/shared/ledger/disclosure.ts'
import { recordDisclosure } from '../../../../lambda/shared/ledger/ledger.ts'
import { verifyPractice } from '../../../../lambda/shared/ledger/verify-practice.ts'
import { type ItemsInMemory, itemsInMemory } from '../../items-in-memory.ts'
import { look, practice } from './ledger-fixture.ts'

/** Enough for two pages. */
const length = 130
/** The latest checkpoint of the sound ledger. */
const checkpointed = 120
let sound: ReadonlyMap<string, Item>
const checkpoints: Checkpoint[] = []

beforeAll(async () => {
  const items = itemsInMemory()
  for (let seconds = 0; seconds < length; seconds += 1) {
    await recordDisclosure(items, look(seconds))
    if ((seconds + 1) % 40 === 0) checkpoints.push(checkpointAt(await lastPoint(items, practice)))
  }
  sound = new Map(items.stored)
})

const checkpointAt = ({ number, hash }: { readonly number: number; readonly hash: string }): Checkpoint => ({
  ...{ version: 1, practice, number, hash },
  time: '2026-11-22T16:00:00.000Z',
  previous: beginning,
})

/** A copy of the sound ledger, with one thing done to it behind the ledger's back. */
function tampered(change: (stored: Map<string, Item>) => void): ItemsInMemory {
  const items = itemsInMemory()
  for (const [name, item] of sound) items.stored.set(name, item)
  change(items.stored)
  return items
}

const nameOf = ({ table, pk, sk }: Item): string => `${table}\n${pk}\n${sk}`
const linkAt = (number: number): Item => [...sound.values()].find(({ pk, sk }) => pk.endsWith('#chain') && Number(sk) === number) as Item
const entryAt = (number: number): Item =>
  [...sound.values()].find(({ pk, sk }) => !pk.endsWith('#chain') && Number(sk.slice(-12)) === number) as Item
const withAttributes = (item: Item, over: Attributes): Item => ({ ...item, attributes: { ...item.attributes, ...over } })
const kindsOf = async (items: ItemsInMemory): Promise<string[]> =>
  (await verifyPractice(items, practice, checkpoints)).breaks.map(({ kind, number }) => `${kind} ${number}`)

test('a sound ledger holds to its end and agrees with its latest checkpoint', async () => {
  const verified = await verifyPractice(
    tampered(() => undefined),
    practice,
    checkpoints,
  )
  expect(verified).toEqual({ practice, links: length, holdsTo: length, checkpoint: checkpoints[2], compared: 3, breaks: [] })
  expect(checkpoints[2]?.number).toBe(checkpointed)
})

test('a ledger without an entry holds, unless a checkpoint says that there were some', async () => {
  expect((await verifyPractice(itemsInMemory(), practice, [])).breaks).toEqual([])
  expect((await verifyPractice(itemsInMemory(), practice, checkpoints)).breaks).toEqual([{ kind: 'tail-removed', number: 1 }])
})

describe('What was done to a ledger is named:', () => {
  test.each<[string, (stored: Map<string, Item>) => void, string[]]>([
    ['a removed link', (stored) => stored.delete(nameOf(linkAt(110))), ['entry-inserted 110', 'link-removed 110']],
    ['a removed entry', (stored) => stored.delete(nameOf(entryAt(110))), ['entry-removed 110']],
    [
      'a changed link',
      (stored) => put(stored, withAttributes(linkAt(110), { patient: 'patient01' })),
      ['entry-inserted 110', 'link-changed 110'],
    ],
    ['a changed entry', (stored) => put(stored, withAttributes(entryAt(110), { person: 'person002' })), ['entry-changed 110']],
    ['an entry with one more element', (stored) => put(stored, withAttributes(entryAt(9), { elements: ['message'] })), ['entry-changed 9']],
    [
      'a link that is none',
      (stored) => put(stored, { ...linkAt(110), attributes: {} }),
      ['entry-inserted 110', 'link-changed 110', 'link-changed 111'],
    ],
    ['something among the links', (stored) => put(stored, { ...linkAt(110), sk: '000000000110x' }), ['link-inserted 110']],
    ['something behind the links', (stored) => put(stored, { ...linkAt(110), sk: 'zzz' }), ['link-inserted 130']],
    ['an entry beside the chain', (stored) => put(stored, entryItem(look(30), 77)), ['entry-inserted 77']],
    ['a changed last link', (stored) => put(stored, withAttributes(linkAt(length), { time: look(1).time })), [`link-changed ${length}`]],
  ])('%s', async (_, change, expected) => {
    expect((await kindsOf(tampered(change))).sort()).toEqual(expected)
  })
})

test('a tail that was cut off is found by its checkpoint, and only by that', async () => {
  const cut = (from: number) =>
    tampered((stored) => {
      for (let number = from; number <= length; number += 1) {
        stored.delete(nameOf(linkAt(number)))
        stored.delete(nameOf(entryAt(number)))
      }
    })
  expect(await kindsOf(cut(checkpointed))).toEqual([`tail-removed ${checkpointed}`])
  expect(await kindsOf(cut(checkpointed + 1))).toEqual([])
})

test('a history written anew with right hashes is found by its checkpoints', async () => {
  const items = itemsInMemory()
  for (let seconds = 0; seconds < length; seconds += 1)
    await recordDisclosure(items, look(seconds, seconds === 100 ? { person: 'person002' } : {}))
  const verified = await verifyPractice(items, practice, checkpoints)
  expect(verified.breaks).toEqual([{ kind: 'not-as-checkpointed', number: 120 }])
  expect(verified).toMatchObject({ holdsTo: 119, checkpoint: checkpoints[1] })
  expect((await verifyPractice(items, practice, [])).breaks).toEqual([])
})

test('two checkpoints of one link that differ are told, whichever is the true one', async () => {
  const forged = { ...(checkpoints[1] as Checkpoint), hash: 'f'.repeat(64) }
  const verified = await verifyPractice(
    tampered(() => undefined),
    practice,
    [...checkpoints, forged],
  )
  expect(verified.breaks).toEqual([{ kind: 'not-as-checkpointed', number: 80 }])
})

test('entries that come while it verifies are no break', async () => {
  const items = tampered(() => undefined)
  let more = 1000
  const growing = {
    ...items,
    query: async (...[range]: Parameters<typeof items.query>) => {
      const found = await items.query(range)
      if (more < 1005) await recordDisclosure(items, look(more++))
      return found
    },
  }
  expect((await verifyPractice(growing, practice, checkpoints)).breaks).toEqual([])
})

test('any single change, removal or swap is found', async () => {
  const names = [...sound.keys()]
  const changes = fc.oneof(
    fc.record({ what: fc.constant('remove' as const), at: fc.nat(names.length - 1) }),
    fc.record({ what: fc.constant('swap' as const), at: fc.nat(names.length - 1), with: fc.nat(names.length - 1) }),
    fc.record({
      what: fc.constant('change' as const),
      at: fc.nat(names.length - 1),
      attribute: fc.nat(5),
      text: fc.string({ maxLength: 20 }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(changes, async (change) => {
      const name = names[change.at] as string
      const item = sound.get(name) as Item
      let altered = true
      const items = tampered((stored) => {
        if (change.what === 'remove') stored.delete(name)
        else if (change.what === 'swap') {
          const other = sound.get(names[change.with] as string) as Item
          altered = JSON.stringify(other.attributes) !== JSON.stringify(item.attributes)
          put(stored, { ...item, attributes: other.attributes })
          put(stored, { ...other, attributes: item.attributes })
        } else {
          const attribute = Object.keys(item.attributes)[change.attribute % Object.keys(item.attributes).length] as string
          altered = item.attributes[attribute] !== change.text
          put(stored, withAttributes(item, { [attribute]: change.text }))
        }
      })
      const isLastLink = change.what === 'remove' && name === nameOf(linkAt(length))
      const { breaks } = await verifyPractice(items, practice, checkpoints)
      // The very last link behind the last checkpoint is what no checkpoint speaks for yet.
      if (altered && !isLastLink) expect(breaks).not.toEqual([])
      else expect(breaks).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('a change that mends its own link and not the next is found at the next', async () => {
  const link = linkIn(linkAt(110))
  if (link === undefined) throw new Error('no link')
  const forged = { ...link, time: look(1).time }
  const items = tampered((stored) => put(stored, linkItem({ ...forged, hash: linkHash(forged) })))
  expect(await kindsOf(items)).toEqual(['link-changed 111'])
})

test('a link follows the one before', () => {
  const first = nextLink(look(0), beginning)
  expect(nextLink(look(1), first)).toMatchObject({ number: 2, previous: first.hash })
})

function put(stored: Map<string, Item>, item: Item): void {
  stored.set(nameOf(item), item)
}
