import { alertSections } from './env.ts'
import type { Finding } from './finding.ts'
import type { Message } from './ports.ts'

/** What the text of an alert needs to know of its environment. */
export interface AlertContext {
  /** Start of every name of the environment: `safe-harbor-production`. */
  readonly environment: string
  /** Address of the runbook up to and including `#`. */
  readonly runbook: string
}

/** Writes the alert: what, how bad, where, when, where to look and what to do. Its form is stable, so that a mailbox can filter by it. */
export function composeAlert(finding: Finding, { environment, runbook }: AlertContext): Message {
  const rows = [
    ['What', finding.kind],
    ['Severity', finding.severity],
    ['Account', finding.account],
    ['Region', finding.region],
    ['Resource', finding.resource],
    ['Time', finding.time],
    ['Look up', finding.reference],
    ['Runbook', `${runbook}${alertSections[finding.origin]}`],
  ] as const
  const body = rows.map(([name, value]) => `${`${name}:`.padEnd(10)}${value}`)
  return { subject: subjectOf(finding, environment), body: `${body.join('\n')}\n` }
}

// A subject is ASCII without line breaks and "must be less than 100 characters long" (Amazon SNS API Reference, "Publish").
const subjectOf = ({ severity, kind }: Finding, environment: string): string => `${severity} ${environment}: ${kind}`.slice(0, 99).trimEnd()
