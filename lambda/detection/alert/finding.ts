import type { alertSections } from './env.ts'

/** How urgent a finding is, from the most to the least. */
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'] as const
/** How urgent one finding is. */
export type Severity = (typeof severities)[number]

/** What an alert tells of a finding. It has no field for a finding's title or description: they are free text and may quote anything. */
export interface Finding {
  /** Who found it. */
  readonly origin: keyof typeof alertSections
  /** Kind of finding: a type, a rule, an API call. */
  readonly kind: string
  readonly severity: Severity
  readonly account: string
  readonly region: string
  /** Kind and name of the resource; never a name of an object in a bucket. */
  readonly resource: string
  /** When it happened, ISO 8601. */
  readonly time: string
  /** Where to look it up in the console. */
  readonly reference: string
  /** What makes two findings the same; it holds the severity, so that a finding that grows worse is told again. */
  readonly identity: string
}

/** Text of a finding made safe for a mail: printable ASCII, one line, at most 200 characters. */
export const plain = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]+/g, '?')
    .slice(0, 200)
    .trim()

/** A resource without what may name a person: the key of an object in a bucket can. */
export const withoutObjectKey = (resource: string): string => resource.replace(/(arn:aws[\w-]*:s3:::[^/\s]+)\/.*$/s, '$1')
