import type { Items } from '../../shared/items/items.ts'
import { type Link, linkIn } from '../../shared/ledger/chain.ts'
import { type Disclosure, disclosureIn } from '../../shared/ledger/disclosure.ts'
import { ledgerKeys, numberText } from '../../shared/ledger/ledger-keys.ts'
import type { Look, Looks } from './account-for.ts'
import type { Span } from './ports.ts'

/** Links that are read at a time. */
const pageSize = 500

/** What the ledger has entered in a span, by person. Only entries that a link names count: something put beside the chain accounts for nothing. */
export async function enteredLooks(items: Items, practices: readonly string[], span: Span): Promise<Looks> {
  const looks = new Map<string, Look[]>()
  for (const practice of practices) {
    for (const { patient, person, time } of await entered(items, practice, span)) {
      const own = looks.get(person) ?? []
      own.push({ practice, patient, time: Date.parse(time) })
      looks.set(person, own)
    }
  }
  return looks
}

async function entered(items: Items, practice: string, span: Span): Promise<Disclosure[]> {
  const links = await linksIn(items, practice, span)
  const named = new Set(links.map(({ patient, entry }) => `${patient} ${entry}`))
  const found: Disclosure[] = []
  for (const patient of new Set(links.map((link) => link.patient))) {
    const pk = ledgerKeys.entries(practice, patient)
    const entries = await items.query({ table: 'ledger', pk, from: isoOf(span.from), to: isoOf(span.to) })
    found.push(...entries.filter(({ sk }) => named.has(`${patient} ${sk}`)).flatMap((item) => disclosureIn(item) ?? []))
  }
  return found
}

// From the end of the chain backwards. Clocks differ by seconds and a page holds many links, so a page that is all too old is the end.
async function linksIn(items: Items, practice: string, span: Span): Promise<Link[]> {
  const found: Link[] = []
  const within = ({ time }: Link): boolean => time >= isoOf(span.from) && time < isoOf(span.to)
  let to: string | undefined
  for (;;) {
    const range = { table: 'ledger', pk: ledgerKeys.chain(practice), backwards: true, limit: pageSize } as const
    const links = (await items.query(to === undefined ? range : { ...range, to })).flatMap((item) => linkIn(item) ?? [])
    found.push(...links.filter(within))
    const first = links.at(-1)
    if (first === undefined || first.number <= 1 || links.every(({ time }) => time < isoOf(span.from))) return found
    to = numberText(first.number - 1)
  }
}

const isoOf = (time: number): string => new Date(time).toISOString()
