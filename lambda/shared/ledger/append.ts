import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod/mini'
import type { Items } from '../items/items.ts'
import { beginning, linkItem, nextLink, type Point } from './chain.ts'
import { type Disclosure, entryItem } from './disclosure.ts'
import { ledgerKeys, numberOfLink } from './ledger-keys.ts'

/**
 * How often an entry is tried before it counts as not written. Of functions that write at the same moment one succeeds each time, so this many of one
 * practice can meet; with the pauses it is about five seconds, well within a request's time.
 */
const mostTries = 24
/** Longest pause between two tries, in milliseconds. */
const longestPause = 400

/** An entry could not be written; the data it is about must not be returned. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError'
}

/**
 * Adds an entry and its link, both or neither, and both only where nothing stands: the table is never changed, only continued.
 *
 * @param wait waits a random while of at most so many milliseconds
 * @throws LedgerError when others were always faster, or the last link is not readable; the error of the store when it does not answer
 */
export async function append(items: Items, disclosure: Disclosure, wait = randomPause): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (tries > 0) await wait(Math.min(longestPause, 10 * 2 ** tries))
    const link = nextLink(disclosure, await lastPoint(items, disclosure.practice))
    const outcome = await items.write([
      { put: linkItem(link), onlyIf: 'absent' },
      { put: entryItem(disclosure, link.number), onlyIf: 'absent' },
    ])
    if (outcome === 'written') return
  }
  throw new LedgerError(`No entry could be written in ${mostTries} tries. Nothing was disclosed.`)
}

const hashOfLink = z.object({ hash: z.string().check(z.length(64)) })

/**
 * How far a practice's chain has come. It reads the hash of the last link and nothing else: a patient's session may not read whose entries the links are of.
 * @throws LedgerError when the last link is not one
 */
export async function lastPoint(items: Items, practice: string): Promise<Point> {
  const pk = ledgerKeys.chain(practice)
  const [last] = await items.query({ table: 'ledger', pk, backwards: true, limit: 1, attributes: ['hash'] })
  if (last === undefined) return beginning
  const number = numberOfLink(last.sk)
  const parsed = hashOfLink.safeParse(last.attributes)
  if (number === undefined || !parsed.success) throw new LedgerError('The last link of the ledger is not readable.')
  return { number, hash: parsed.data.hash }
}

const randomPause = (most: number): Promise<void> => pause(Math.random() * most)
