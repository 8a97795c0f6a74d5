import type { Item, Items } from '../items/items.ts'
import type { Break } from './breaks.ts'
import { beginning, linkIn, type Point } from './chain.ts'
import { type JudgedLink, judgeLink, type LinkWithEntry } from './judge-link.ts'
import { ledgerKeys, numberText } from './ledger-keys.ts'

/** Links that are read at a time, with their entries. */
const pageSize = 100
/** Most breaks that are told; whoever broke more than that is found by the first. */
const mostBreaks = 1000

/** What to verify. */
export interface Verifying {
  readonly practice: string
  /** The last link that is known to hold. @default the beginning */
  readonly after?: Point
  /** Whether to stop; asked before each page. @default at the end */
  readonly stop?: () => boolean
  /** Sees every link and what was found of it, in order. */
  readonly each?: (link: Item, judged: JudgedLink) => void
}

/** What was found of a chain. */
export interface VerifiedChain {
  /** The last link that was read, sound or not. */
  readonly last: Point
  /** The last link before the first break. */
  readonly holdsTo: Point
  readonly breaks: readonly Break[]
  /** Whether the end was reached. */
  readonly complete: boolean
}

/** Reads a practice's chain with its entries, in order, and judges each link. Links that are added meanwhile are read too. */
export async function verifyChain(items: Items, { practice, after = beginning, stop, each }: Verifying): Promise<VerifiedChain> {
  const breaks: Break[] = []
  let last = after
  let holdsTo = after
  for (;;) {
    if (stop?.()) return { last, holdsTo, breaks, complete: false }
    const before = last.number
    const page = await readPage(items, practice, last)
    for (const read of page) {
      const judged = judgeLink(read, last)
      if (breaks.length < mostBreaks) breaks.push(...judged.breaks)
      each?.(read.link, judged)
      last = judged.next
      if (breaks.length === 0) holdsTo = last
    }
    // A page that leads no further holds nothing but things that are no links, at the end of the partition.
    if (page.length < pageSize || last.number === before) return { last, holdsTo, breaks, complete: true }
  }
}

async function readPage(items: Items, practice: string, last: Point): Promise<readonly LinkWithEntry[]> {
  const range = { table: 'ledger', pk: ledgerKeys.chain(practice), from: numberText(last.number + 1), limit: pageSize } as const
  return Promise.all((await items.query(range)).map(async (link) => ({ link, entry: await entryOf(items, practice, link) })))
}

async function entryOf(items: Items, practice: string, item: Item): Promise<Item | undefined> {
  const link = linkIn(item)
  if (link === undefined) return undefined
  const key = ledgerKeys.entry(practice, link.patient, link.entry)
  // A query may show one item of a transaction before the other is in its place ("Amazon DynamoDB Transactions: How it works", isolation levels).
  return (await items.get(key)) ?? (await items.get(key))
}
