import type { z } from 'zod/mini'
import type { Envelope } from '../envelope.ts'
import { type Finding, type Severity, severities } from '../finding.ts'

/** Reads the detail of one kind of event; undefined when it has not the shape that AWS documents. */
export type Reader = (event: Envelope) => Finding | undefined

/** A reader that parses the detail of an event, and tells what it says. */
export function reader<Schema extends z.ZodMiniType>(schema: Schema, tell: (detail: z.infer<Schema>, event: Envelope) => Finding): Reader {
  return (event) => {
    const { success, data } = schema.safeParse(event.detail)
    return success ? tell(data, event) : undefined
  }
}

/** The severity a label of AWS means, whatever its case: `High`. */
export const severityOf = (label: string): Severity => severities.find((severity) => severity === label.toUpperCase()) ?? 'UNKNOWN'

/** Kind and name of a resource; the kind alone where no name is known. */
export const named = (type: string, name: string | undefined): string => (name === undefined ? type : `${type} ${name}`)
