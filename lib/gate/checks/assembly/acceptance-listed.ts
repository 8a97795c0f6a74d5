import type { Found } from '../../verdict.ts'
import { type Check, citationsIn } from './check.ts'

const control = 'acceptance-listed'

/**
 * What the packs suppressed is what the list of accepted findings says: nothing is acknowledged elsewhere in the code, and the list claims no match that
 * the report does not hold.
 */
export const everyAcceptanceIsListed: Check = ({ assembly: { reports, facts } }) => {
  // Without a report nothing was judged at all; hipaa-pack-ran says so.
  if (facts === undefined || reports === undefined || reports.length === 0) return { findings: [], passes: [] }
  const suppressed = reports.flatMap((report) =>
    report.suppressed.flatMap(({ rule, description, constructs }) => constructs.map((path) => ({ rule, description, path }))),
  )
  const listed = facts.accepted.flatMap(({ rule, matched }) => matched.map((path) => ({ rule, path })))
  const stray = suppressed.filter((found) => !listed.some(({ rule, path }) => rule === found.rule && path === found.path))
  const invented = listed.filter((match) => !suppressed.some(({ rule, path }) => rule === match.rule && path === match.path))
  return {
    findings: [
      ...stray.map(({ rule, path, description }) =>
        finding(rule, path, 'is suppressed, but no accepted finding lists it.', citationsIn(description)),
      ),
      ...invented.map(({ rule, path }) => finding(rule, path, 'is listed as accepted, but the report does not hold it.', [])),
    ],
    passes:
      stray.length + invented.length === 0 ? [{ control, topic: 'other', property: 'suppressedViolations', value: suppressed.length }] : [],
  }
}

const finding = (rule: string, path: string, says: string, citations: readonly string[]): Found => ({
  control,
  topic: 'other',
  status: 'fail',
  property: 'suppressedViolations',
  value: path,
  file: 'validation-report.json',
  line: 1,
  message: `${rule} on ${path} ${says}`,
  remedy: 'Accept findings in one place only, with an owner, a reason, a compensating control and an end.',
  citations,
})
