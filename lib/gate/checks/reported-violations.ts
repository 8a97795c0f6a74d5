import { type Assembly, type ReportedViolation, resourceAt } from '../assembly/assembly.ts'
import type { Finding } from '../verdict.ts'
import { type Check, citationsIn, nameOfResource, placeOf } from './check.ts'

/** What the validation plugins found at synthesis: open violations fail, acknowledged ones are listed as accepted with their reason. */
export const reportedViolations: Check = ({ assembly }) => ({
  findings: (assembly.reports ?? []).flatMap(({ violations, suppressed }) => [
    ...violations.flatMap((violation) => findingsOf(assembly, violation, 'fail')),
    ...suppressed.flatMap((violation) => findingsOf(assembly, violation, 'waived')),
  ]),
  passes: [],
})

function findingsOf(assembly: Assembly, violation: ReportedViolation, status: 'fail' | 'waived'): Finding[] {
  const finding: Omit<Finding, 'file' | 'line'> = {
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
    return { ...finding, resource: nameOfResource(placed), ...placeOf(placed) }
  })
}
