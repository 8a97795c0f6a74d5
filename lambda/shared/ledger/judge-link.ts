import type { Item } from '../items/items.ts'
import type { Break } from './breaks.ts'
import { type Link, linkHash, linkIn, type Point } from './chain.ts'
import { disclosureIn, entryHash } from './disclosure.ts'
import { numberOfLink } from './ledger-keys.ts'

/** A link as it is stored, with the entry it names; the entry is undefined when none stands there. */
export interface LinkWithEntry {
  readonly link: Item
  readonly entry: Item | undefined
}

/** What is wrong with one link and its entry, and where the chain goes on. */
export interface JudgedLink {
  readonly breaks: readonly Break[]
  readonly next: Point
}

/**
 * Judges a link by the one before it and by its entry.
 *
 * After a break the chain goes on from the hash that the link says it has, so that one change is one finding and what comes later is still judged.
 */
export function judgeLink({ link: item, entry }: LinkWithEntry, previous: Point): JudgedLink {
  const number = numberOfLink(item.sk)
  if (number === undefined || number <= previous.number)
    return { breaks: [{ kind: 'link-inserted', number: previous.number }], next: previous }
  const link = linkIn(item)
  const hash = item.attributes['hash']
  const next = { number, hash: typeof hash === 'string' ? hash : '' }
  if (number > previous.number + 1)
    return { breaks: [{ kind: 'link-removed', number: previous.number + 1 }, ...broken(link, undefined, entry)], next }
  return { breaks: link === undefined ? [{ kind: 'link-changed', number }] : broken(link, previous, entry), next }
}

function broken(link: Link | undefined, previous: Point | undefined, entry: Item | undefined): Break[] {
  if (link === undefined) return []
  const follows = previous === undefined || link.previous === previous.hash
  if (!follows || linkHash(link) !== link.hash) return [{ kind: 'link-changed', number: link.number }]
  if (entry === undefined) return [{ kind: 'entry-removed', number: link.number }]
  const disclosure = disclosureIn(entry)
  const same = disclosure !== undefined && entryHash(disclosure) === link.entryHash
  return same ? [] : [{ kind: 'entry-changed', number: link.number }]
}
