import * as z from 'zod/mini'
import type { Item } from '../items/items.ts'
import { digest } from './digest.ts'
import { type Disclosure, entryHash } from './disclosure.ts'
import { entrySortKey, ledgerKeys, numberOfLink, numberText } from './ledger-keys.ts'

/** How far a chain has come: the number of a link and its hash, which speaks for everything before it. */
export interface Point {
  readonly number: number
  readonly hash: string
}

/** Before the first link, which has number 1. */
export const beginning: Point = { number: 0, hash: '0'.repeat(64) }

const content = z.strictObject({
  patient: z.string(),
  entry: z.string(),
  entryHash: z.string(),
  time: z.string(),
  previous: z.string(),
  hash: z.string(),
})

/** One link of a practice's chain: what is needed to find and to check its entry, and the hash of the link before. */
export interface Link extends Point {
  readonly practice: string
  readonly patient: string
  /** Sort key of the entry. */
  readonly entry: string
  readonly entryHash: string
  /** Time of the entry, ISO 8601 in UTC. Clocks of functions differ, so times need not rise along the chain. */
  readonly time: string
  /** Hash of the link before. */
  readonly previous: string
}

/** The link of an entry after the last link. */
export function nextLink(disclosure: Disclosure, last: Point): Link {
  const { practice, patient, time } = disclosure
  const number = last.number + 1
  const entry = entrySortKey(time, number)
  const link = { practice, patient, number, entry, entryHash: entryHash(disclosure), time, previous: last.hash }
  return { ...link, hash: linkHash(link) }
}

/** Hash of a link: practice, number as twelve digits, patient, sort key and hash of the entry, time, hash of the link before. */
export const linkHash = ({ practice, number, patient, entry, entryHash, time, previous }: Omit<Link, 'hash'>): string =>
  digest('safe-harbor ledger link 1', [practice, numberText(number), patient, entry, entryHash, time, previous])

/** A link as it is stored. */
export const linkItem = ({ practice, number, ...attributes }: Link): Item => ({ ...ledgerKeys.link(practice, number), attributes })

/** A link from its item; undefined when it is none, as a changed one may be. */
export function linkIn({ pk, sk, attributes }: Item): Link | undefined {
  const parsed = content.safeParse(attributes)
  const number = numberOfLink(sk)
  return parsed.success && number !== undefined ? { practice: pk.slice(0, pk.indexOf('#')), number, ...parsed.data } : undefined
}
