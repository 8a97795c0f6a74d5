import type { Item, Items } from '../items/items.ts'
import type { Break } from './breaks.ts'
import { linkIn, type Point } from './chain.ts'
import type { Checkpoint } from './checkpoint.ts'
import { ledgerKeys, numberOfEntry } from './ledger-keys.ts'
import { verifyChain } from './verify-chain.ts'

/** What was found of a practice's ledger. */
export interface VerifiedPractice {
  readonly practice: string
  /** Number of the last link that was read. */
  readonly links: number
  /** Number of the last link before the first break. */
  readonly holdsTo: number
  /** The latest checkpoint that the chain agrees with; undefined when it agrees with none, or none was given. */
  readonly checkpoint: Checkpoint | undefined
  /** How many checkpoints were compared. */
  readonly compared: number
  /** In order of their links. */
  readonly breaks: readonly Break[]
}

/**
 * Verifies the whole ledger of a practice: every link, every entry, every checkpoint, and that no entry stands beside the chain.
 *
 * What it cannot see: a tail that was removed, or rewritten with right hashes, after the latest checkpoint, which is up to an hour; and an entry that was put beside the
 * chain for a patient of whom the chain says nothing, unless such patients are named.
 *
 * @param checkpoints of this practice, in any order, all versions of them
 * @param patients whose entries are looked through even if no link names them. @default none
 */
export async function verifyPractice(
  items: Items,
  practice: string,
  checkpoints: readonly Checkpoint[],
  patients: Iterable<string> = [],
): Promise<VerifiedPractice> {
  const comparison = compare(checkpoints)
  const linked = new Map<string, Set<string>>([...patients].map((patient) => [patient, new Set()]))
  const { last, holdsTo, breaks } = await verifyChain(items, {
    practice,
    each: (item, { next }) => {
      comparison.see(next)
      note(linked, item)
    },
  })
  const inserted = await besideTheChain(items, practice, linked, last.number)
  const all = [...breaks, ...comparison.breaks(last.number), ...inserted].sort((one, other) => one.number - other.number)
  const first = all[0]
  const sound = first === undefined ? holdsTo.number : Math.min(holdsTo.number, Math.max(0, first.number - 1))
  return {
    practice,
    links: last.number,
    holdsTo: sound,
    checkpoint: comparison.latestUpTo(sound),
    compared: checkpoints.length,
    breaks: all,
  }
}

// Each checkpoint is compared when its link passes; those that never pass are behind the end, or their link is missing, which the chain tells.
function compare(checkpoints: readonly Checkpoint[]) {
  const byNumber = new Map<number, Checkpoint[]>()
  for (const checkpoint of checkpoints) byNumber.set(checkpoint.number, [...(byNumber.get(checkpoint.number) ?? []), checkpoint])
  const different: Break[] = []
  const agreeing: Checkpoint[] = []
  return {
    see: ({ number, hash }: Point): void => {
      for (const checkpoint of byNumber.get(number) ?? []) {
        if (checkpoint.hash === hash) agreeing.push(checkpoint)
        else different.push({ kind: 'not-as-checkpointed', number })
      }
    },
    breaks: (last: number): Break[] => {
      const behind = checkpoints.filter(({ number }) => number > last)
      return [...different, ...(behind.length === 0 ? [] : [{ kind: 'tail-removed', number: last + 1 } as const])]
    },
    latestUpTo: (number: number): Checkpoint | undefined => agreeing.findLast((checkpoint) => checkpoint.number <= number),
  }
}

function note(linked: Map<string, Set<string>>, item: Item): void {
  const link = linkIn(item)
  if (link === undefined) return
  const entries = linked.get(link.patient) ?? new Set()
  linked.set(link.patient, entries.add(link.entry))
}

// An entry with a number behind the last link that was read was added meanwhile, link and all.
async function besideTheChain(items: Items, practice: string, linked: Map<string, Set<string>>, last: number): Promise<Break[]> {
  const found: Break[] = []
  for (const [patient, entries] of linked) {
    const stored = await items.query({ table: 'ledger', pk: ledgerKeys.entries(practice, patient), attributes: [] })
    for (const { sk } of stored) {
      const number = numberOfEntry(sk) ?? 0
      if (!entries.has(sk) && number <= last) found.push({ kind: 'entry-inserted', number })
    }
  }
  return found
}
