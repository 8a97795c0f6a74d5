import { stringify } from 'yaml'
import { neverAcceptable } from './never-acceptable.ts'
import { openFindings, type SameFindings } from './open-findings.ts'
import { waiversSchema } from './read-waivers.ts'
import type { WaivableSubject } from './waiver.ts'

/**
 * A file of waivers for all that fails or is undecided, for a reviewer to cut down and fill in: owner, approver, reason, compensating control and date
 * are empty, and the gate refuses it as it is. What can never be accepted is left out.
 * @returns YAML
 */
export function waiverTemplate(subjects: readonly WaivableSubject[]): string {
  const all = [...openFindings(subjects).values()]
  const forbidden = all.filter(({ control }) => isForbidden(control))
  const entries = all.filter(({ control }) => !isForbidden(control)).map(entryOf)
  return [
    '# Accepted findings. Keep what was looked at, fill in every field, and remove the rest.',
    '# owner answers for it; approver is somebody else; expires is a date, YYYY-MM-DD, at most 366 days ahead.',
    ...forbidden.map(({ control, file, resource }) =>
      comment(`Cannot be accepted: ${control}${resource === undefined ? '' : ` on ${resource}`} in ${file}.`),
    ),
    `schema: ${waiversSchema}`,
    ...(entries.length === 0 ? ['waivers: []'] : ['waivers:', ...entries]),
    '',
  ].join('\n')
}

const isForbidden = (control: string): boolean => {
  const never = neverAcceptable.get(control)
  return never !== undefined && never.unless === undefined
}

function entryOf({ control, file, resource, fingerprint, count, finding }: SameFindings): string {
  const entry = {
    control,
    findings: [{ file, resource, fingerprint }],
    matches: count,
    owner: '',
    approver: '',
    reason: '',
    compensatingControl: '',
    expires: '',
  }
  return `${indented(comment(`${finding.status}, line ${finding.line}: ${finding.message}`))}\n${indented(stringify([entry], { lineWidth: 0 }).trimEnd())}`
}

/** A text of a template in one line of comment: a line break in it would end the comment and begin an entry that nobody wrote. */
const comment = (text: string): string => `# ${text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')}`

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n')
