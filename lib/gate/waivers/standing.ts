import { neverAcceptable } from './never-acceptable.ts'
import type { OpenFindings, SameFindings } from './open-findings.ts'
import { keyOf, nameOf, placeOf } from './place.ts'
import type { Problem } from './problem.ts'
import type { DataClassOfFinding, NamedFinding, WaivableSubject, Waiver } from './waiver.ts'

/** All that waivers are held against. */
export interface Judged {
  readonly subjects: readonly WaivableSubject[]
  readonly open: OpenFindings
  /** How many waivers name a finding, by `keyOf`. */
  readonly named: ReadonlyMap<string, number>
  readonly dataClassOf: DataClassOfFinding
}

type Said = Omit<Problem, 'waiver'>

/** What is wrong with a waiver beside what was found. */
export const problemsBesideFindings = (waiver: Waiver, judged: Judged): readonly Problem[] =>
  [...missing(waiver, judged), ...numbers(waiver, judged), ...doubles(waiver, judged), ...forbidden(waiver, judged)].map((said) => ({
    ...said,
    waiver,
  }))

const missing = (waiver: Waiver, judged: Judged): Said[] =>
  waiver.findings
    .filter((named) => !judged.open.has(keyOf(waiver.control, named)))
    .map((named) => ({
      control: 'waiver-stale',
      named,
      field: 'fingerprint',
      value: named.fingerprint,
      says: `matches nothing: ${whyMissing(waiver.control, named, judged)}.`,
    }))

function whyMissing(control: string, named: NamedFinding, { subjects, open, named: taken }: Judged): string {
  if (!isJudged(named.file, subjects)) return `${named.file} was not judged`
  if (isAcceptedByApp(control, named, subjects)) return "the app's own list accepts it already"
  const others = [...open].filter(([key, other]) => other.control === control && !taken.has(key)).map(([, other]) => other)
  const changed = others.filter(({ file, resource }) => file === named.file && resource === named.resource)
  if (changed.length > 0) return `the finding's value changed. ${changed.slice(0, mostShown).map(asChanged).join(' ')} Look at it again`
  const elsewhere = others.find(({ fingerprint }) => fingerprint === named.fingerprint)
  if (elsewhere !== undefined)
    return `the fingerprint is that of a finding ${elsewhere.resource === undefined ? '' : `on ${elsewhere.resource} `}in ${elsewhere.file}`
  return 'the control has no such finding there'
}

const mostShown = 3

const asChanged = ({ fingerprint, finding: { message } }: SameFindings): string =>
  `Now it is: “${message}”, with fingerprint ${fingerprint}.`

const isJudged = (place: string, subjects: readonly WaivableSubject[]): boolean =>
  subjects.some((subject) => [...subject.templates, ...subject.findings].some(({ file }) => placeOf(subject, file) === place))

const isAcceptedByApp = (control: string, named: NamedFinding, subjects: readonly WaivableSubject[]): boolean =>
  subjects.some((subject) =>
    subject.findings.some(
      (finding) => finding.status === 'waived' && keyOf(finding.control, nameOf(subject, finding)) === keyOf(control, named),
    ),
  )

/** More than `matches` is too much, also where only the list is longer; fewer is stale. */
function numbers(waiver: Waiver, { open }: Judged): Said[] {
  const { control, findings, matches } = waiver
  const counts = [...keysOf(waiver)].map((key) => open.get(key)?.count ?? 0)
  const found = counts.reduce((sum, count) => sum + count, 0)
  const about = { field: 'matches', value: matches } as const
  if (Math.max(found, findings.length) > matches)
    return [
      {
        ...about,
        control: 'waiver-over-broad',
        says: `is for ${findingsInWords(matches)}, but names ${findings.length} and matches ${found}.`,
      },
    ]
  if (found < matches && !counts.includes(0))
    return [{ ...about, control: 'waiver-stale', says: `is for ${findingsInWords(matches)}, and ${control} has ${found} there.` }]
  return []
}

const findingsInWords = (count: number): string => (count === 1 ? '1 finding' : `${count} findings`)

const doubles = ({ control, findings }: Waiver, { named: taken }: Judged): Said[] =>
  findings
    .filter((named) => (taken.get(keyOf(control, named)) ?? 0) > 1)
    .map((named) => ({
      control: 'waiver-duplicate',
      named,
      field: 'fingerprint',
      value: named.fingerprint,
      says: 'names what another waiver names too.',
    }))

function forbidden(waiver: Waiver, { open, dataClassOf }: Judged): Said[] {
  const never = neverAcceptable.get(waiver.control)
  if (never === undefined) return []
  const said = { control: 'waiver-never-acceptable', field: 'control', value: waiver.control } as const
  if (never.unless === undefined) return [{ ...said, says: `cannot stand: ${never.because}.` }]
  const { because, unless } = never
  const classOf = (named: NamedFinding) => {
    const same = open.get(keyOf(waiver.control, named))
    return same === undefined ? undefined : dataClassOf(same.finding)
  }
  return waiver.findings
    .map((named) => ({ named, dataClass: classOf(named) }))
    .filter(({ dataClass }) => dataClass === undefined || !unless.includes(dataClass))
    .map(({ named, dataClass }) => ({
      ...said,
      named,
      says: `cannot stand: ${because}, and ${dataClass === undefined ? 'nobody says what it holds, so it counts as patient data' : `it holds ${dataClass}`}.`,
    }))
}

/** Keys of the findings that a waiver names, each once. */
export const keysOf = ({ control, findings }: Waiver): ReadonlySet<string> => new Set(findings.map((named) => keyOf(control, named)))
