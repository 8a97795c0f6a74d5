import * as z from 'zod/mini'
import type { Items, Write } from '../items/items.ts'
import { beginning, type Point } from './chain.ts'
import { ledgerKeys, numberOfLink } from './ledger-keys.ts'

const content = z.object({ hash: z.string() })

/**
 * The link up to which a practice's chain was checkpointed last, or the beginning.
 *
 * Whoever writes checkpoints cannot read the archive, and so leaves a mark in the ledger's own table, where nothing is ever changed or removed. A mark spares work and
 * proves nothing: a false one is found by the link it names, or by `ledger verify`, which reads the archive and no mark.
 */
export async function lastMark(items: Items, practice: string): Promise<Point> {
  const [last] = await items.query({ table: 'ledger', pk: ledgerKeys.marks(practice), backwards: true, limit: 1 })
  if (last === undefined) return beginning
  // A mark that cannot be read is compared as it stands, and so found not to agree with its link.
  const parsed = content.safeParse(last.attributes)
  return { number: numberOfLink(last.sk) ?? Number.MAX_SAFE_INTEGER, hash: parsed.success ? parsed.data.hash : '' }
}

/** The part of a write that leaves a mark. @param time ISO 8601 in UTC */
export const markWrite = (practice: string, { number, hash }: Point, time: string): Write => ({
  put: { ...ledgerKeys.mark(practice, number), attributes: { hash, time } },
  onlyIf: 'absent',
})
