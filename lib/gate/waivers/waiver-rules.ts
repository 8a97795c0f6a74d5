import { dayOf, daysUntil } from '../days.ts'
import type { Problem } from './problem.ts'
import type { NamedFinding, Waiver } from './waiver.ts'

/** Most days a waiver may last, from today: a leap year. */
export const longestDays = 366

type Said = Omit<Problem, 'waiver'>

/** What is wrong with a waiver as it is written, whatever was found. */
export const problemsAsWritten = (waiver: Waiver, today: Date): readonly Problem[] =>
  [...blankFields(waiver), ...sameSigner(waiver), ...dates(waiver, today), ...wildcards(waiver), ...repeated(waiver)].map((said) => ({
    ...said,
    waiver,
  }))

const signed = ['owner', 'approver', 'reason', 'compensatingControl'] as const
/** What people write where they have nothing to say. */
const placeholder = /^(todo|tbd|tba|none|null|n\/?a|fixme|\W*|.{0,2})$/i

const blankFields = (waiver: Waiver): Said[] =>
  signed
    .filter((field) => placeholder.test(visible(waiver[field])))
    .map((field) => ({ control: 'waiver-incomplete', field, value: waiver[field], says: `has no ${field}.` }))

function sameSigner({ owner, approver }: Waiver): Said[] {
  if (visible(owner) === '' || visible(owner).toLowerCase() !== visible(approver).toLowerCase()) return []
  return [{ control: 'waiver-incomplete', field: 'approver', value: approver, says: `is approved by its own owner, ${visible(owner)}.` }]
}

/** A text as people see it: letters that look alike in one form, nothing that does not show. */
const visible = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()

function dates({ expires }: Waiver, today: Date): Said[] {
  const days = isDay(expires) ? daysUntil(expires, today) : Number.NaN
  const about = { field: 'expires', value: expires } as const
  if (Number.isNaN(days)) return [{ ...about, control: 'waiver-incomplete', says: `expires on “${expires}”, which is no date YYYY-MM-DD.` }]
  if (days < 0) return [{ ...about, control: 'waiver-expired', says: `expired on ${expires}.` }]
  if (days > longestDays) return [{ ...about, control: 'waiver-too-long', says: `lasts until ${expires}, ${days} days from today.` }]
  return []
}

/** Some engines take February 30 for March 2. */
const isDay = (text: string): boolean => !Number.isNaN(daysUntil(text, new Date(0))) && dayOf(new Date(text)) === text

/** Waivers are compared letter by letter, so a wildcard would only match nothing: it shows that somebody meant more. */
function wildcards({ control, findings }: Waiver): Said[] {
  const wild = (text: string | undefined) => text?.includes('*') === true
  return [
    ...(wild(control) ? [{ control: 'waiver-over-broad', field: 'control', value: control, says: 'has a wildcard.' } as const] : []),
    ...findings.flatMap((named) =>
      (['file', 'resource'] as const)
        .filter((field) => wild(named[field]))
        .map(
          (field) => ({ control: 'waiver-over-broad', named, field, value: named[field], says: `has a wildcard in ${field}.` }) as const,
        ),
    ),
  ]
}

function repeated({ findings }: Waiver): Said[] {
  const same = (one: NamedFinding) => (other: NamedFinding) =>
    other.file === one.file && other.resource === one.resource && other.fingerprint === one.fingerprint
  return findings
    .filter((named, place) => findings.findIndex(same(named)) < place)
    .map((named) => ({ control: 'waiver-duplicate', named, field: 'fingerprint', value: named.fingerprint, says: 'names it twice.' }))
}
