import type { Finding } from '../verdict.ts'
import { keyOf, nameOf } from './place.ts'
import type { NamedFinding, WaivableSubject } from './waiver.ts'

/** Findings that one name means. */
export interface SameFindings extends Omit<NamedFinding, 'line'> {
  readonly control: string
  /** One of them; they differ in their line at most. */
  readonly finding: Finding
  /**
   * How many there are. Two findings in one subject are two, and so are those of two assemblies whose files are named alike; a template that is judged on its
   * own and again as a nested stack is one template.
   */
  readonly count: number
}

/** Findings that fail or are undecided, by `keyOf`. What an app's own list accepts is not among them. */
export type OpenFindings = ReadonlyMap<string, SameFindings>

/** What there is to accept in all that was judged. */
export function openFindings(subjects: readonly WaivableSubject[]): OpenFindings {
  const all = new Map<string, SameFindings>()
  for (const subject of subjects)
    for (const [key, same] of inSubject(subject)) {
      const before = all.get(key)?.count ?? 0
      all.set(key, { ...same, count: subject.kind === 'assembly' ? before + same.count : Math.max(before, same.count) })
    }
  return all
}

function inSubject(subject: WaivableSubject): OpenFindings {
  const found = new Map<string, SameFindings>()
  for (const finding of subject.findings.filter(isOpen)) {
    const name = nameOf(subject, finding)
    const key = keyOf(finding.control, name)
    found.set(key, { ...name, control: finding.control, finding, count: (found.get(key)?.count ?? 0) + 1 })
  }
  return found
}

/** Whether a finding is anybody's to accept. */
export const isOpen = ({ status }: Finding): boolean => status !== 'waived'
