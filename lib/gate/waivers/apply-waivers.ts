import { daysUntil } from '../days.ts'
import type { Accepted, Finding, Found } from '../verdict.ts'
import { isOpen, openFindings } from './open-findings.ts'
import { keyOf, nameOf } from './place.ts'
import { foundOf, type Problem } from './problem.ts'
import { type Judged, keysOf, problemsBesideFindings } from './standing.ts'
import type { DataClassOfFinding, WaivableSubject, Waiver, Waivers } from './waiver.ts'
import { problemsAsWritten } from './waiver-rules.ts'

/** A waiver as the report shows it. */
export interface AcceptedByWaiver extends Accepted {
  readonly approver: string
  /** Line in the file of waivers, from 1. */
  readonly line: number
}

/** What came of waivers. */
export interface Waived<Subject> {
  /** The subjects, with what is accepted as `waived`, and listed among their `accepted`. Their verdicts are those from before. */
  readonly subjects: readonly Subject[]
  /** What is wrong with the waivers, in the order of the file. Each fails the verdict. */
  readonly problems: readonly Found[]
  /** Waivers that hold and the findings each accepts, over all subjects. */
  readonly accepted: readonly AcceptedByWaiver[]
}

/**
 * Applies a file of waivers to all that was judged together.
 *
 * A waiver accepts a finding only where control, file, resource and fingerprint are the same letter by letter. The fingerprint holds the value, so a
 * change of it is a new finding; the file keeps a second template with the same logical ids and values from being covered. What an author writes in a
 * template, construct paths above all, never takes the place of the file. A waiver with any problem accepts nothing, and each problem fails.
 *
 * @param subjects all of a verdict: a waiver is stale when it matches nothing in any of them
 * @param today the day by which waivers expire
 * @param dataClassOf where the class of data decides what can be accepted; without it, everything counts as patient data
 */
export function applyWaivers<Subject extends WaivableSubject>(
  subjects: readonly Subject[],
  waivers: Waivers,
  today: Date,
  dataClassOf: DataClassOfFinding = () => undefined,
): Waived<Subject> {
  const judged: Judged = { subjects, open: openFindings(subjects), named: namedIn(waivers), dataClassOf }
  const held = waivers.entries.map((waiver) => ({ waiver, problems: problemsOf(waiver, judged, today) }))
  const sound = held.filter(({ problems }) => problems.length === 0).map(({ waiver }) => waiver)
  return {
    subjects: subjects.map((subject) => waivedIn(subject, sound, today)),
    problems: held.flatMap(({ problems }) => problems.map((problem) => foundOf(waivers.file, problem))),
    accepted: sound.map((waiver) =>
      acceptedBy(
        waiver,
        [...keysOf(waiver)].flatMap((key) => judged.open.get(key)?.finding ?? []),
        waiver.matches,
        today,
      ),
    ),
  }
}

const problemsOf = (waiver: Waiver, judged: Judged, today: Date): readonly Problem[] => [
  ...problemsAsWritten(waiver, today),
  ...problemsBesideFindings(waiver, judged),
]

function namedIn({ entries }: Waivers): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const waiver of entries) for (const key of keysOf(waiver)) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

function waivedIn<Subject extends WaivableSubject>(subject: Subject, sound: readonly Waiver[], today: Date): Subject {
  const byKey = new Map(sound.flatMap((waiver) => [...keysOf(waiver)].map((key) => [key, waiver] as const)))
  const waiverOf = (finding: Finding) => (isOpen(finding) ? byKey.get(keyOf(finding.control, nameOf(subject, finding))) : undefined)
  const covered = subject.findings.map((finding) => ({ finding, waiver: waiverOf(finding) }))
  const inUse = sound
    .map((waiver) => ({ waiver, findings: covered.filter((entry) => entry.waiver === waiver).map(({ finding }) => finding) }))
    .filter(({ findings }) => findings.length > 0)
  return {
    ...subject,
    findings: covered.map(({ finding, waiver }) => (waiver === undefined ? finding : { ...finding, status: 'waived' })),
    accepted: [...subject.accepted, ...inUse.map(({ waiver, findings }) => acceptedBy(waiver, findings, findings.length, today))],
  }
}

function acceptedBy(waiver: Waiver, findings: readonly Finding[], matches: number, today: Date): AcceptedByWaiver {
  const { control, owner, approver, reason, compensatingControl, expires, line } = waiver
  return {
    rule: control,
    citations: [...new Set(findings.flatMap(({ citations }) => citations))],
    kind: [...new Set(findings.map(({ resource }) => resource?.type || 'whole input'))].sort().join(', '),
    matches,
    owner,
    approver,
    reason,
    compensatingControl,
    expires,
    daysLeft: daysUntil(expires, today),
    line,
  }
}
