import { type Assembly, type ReportedViolation, resourceAt } from '../../assembly/assembly.ts'
import { digestOf } from '../../input/read-file.ts'
import type { Found } from '../../verdict.ts'
import { type Check, citationsIn, nameOfResource, ownPlugin, placeOf } from './check.ts'

/** What other validation plugins found at synthesis: open violations fail, acknowledged ones are listed as accepted with their reason. What the gate's own plugin found is judged anew. */
export const reportedViolations: Check = ({ assembly }) => ({
  findings: (assembly.reports ?? [])
    .filter(({ plugin }) => plugin !== ownPlugin)
    .flatMap(({ violations, suppressed }) => [
      ...violations.flatMap((violation) => findingsOf(assembly, violation, 'fail')),
      ...suppressed.flatMap((violation) => findingsOf(assembly, violation, 'waived')),
    ]),
  passes: [],
})

function findingsOf(assembly: Assembly, violation: ReportedViolation, status: 'fail' | 'waived'): Found[] {
  const finding: Omit<Found, 'file' | 'line'> = {
    control: violation.rule,
    topic: 'other',
    status,
    property: 'Properties',
    value: undefined,
    // The citations stand in a field of their own.
    message: violation.description.replace(/ - \(Control IDs?: .*$/s, '.'),
    remedy: status === 'fail' ? 'Mend the resource; the rule says what is missing.' : `Accepted: ${violation.reason ?? ''}`,
    citations: citationsIn(violation.description),
  }
  if (violation.constructs.length === 0) return [{ ...finding, file: 'validation-report.json', line: 1 }]
  return violation.constructs.map((path) => {
    const placed = resourceAt(assembly, path)
    if (placed === undefined) return { ...finding, resource: { logicalId: '', type: '', path }, file: 'validation-report.json', line: 1 }
    // The pack says nothing of what it saw: the digest of all properties makes another finding of every change.
    const value = `SHA-256 ${digestOf(JSON.stringify(placed.resource.properties)).slice(0, 16)}`
    return { ...finding, value, resource: nameOfResource(placed), ...placeOf(placed) }
  })
}
