/** Fields a log line may carry. There is no field for a payload, a name or a number of a patient: what is not here cannot be logged. */
export interface LogFields {
  /** What happened, in kebab-case: `alert-sent`. */
  readonly event: string
  /** Request or event id of AWS. */
  readonly requestId?: string
  /** Kind of thing: a finding type, an error name, a resource type. */
  readonly kind?: string
  /** Name or ARN of an AWS resource that holds no patient data in its name. */
  readonly resource?: string
  readonly count?: number
  readonly milliseconds?: number
}

const allowed = ['event', 'requestId', 'kind', 'resource', 'count', 'milliseconds'] as const satisfies readonly (keyof LogFields)[]

/**
 * Writes one log line. Fields that are not in `LogFields` are dropped, whatever the caller's types say, and so is every value that is
 * neither text nor a number: an object could hold anything.
 *
 * The line goes out as one object, because the functions log in JSON format: the runtime then writes it as the field `message`, where a
 * metric filter finds it as `$.message.event`; text would be escaped there (AWS Lambda Developer Guide, "Log and monitor Node.js Lambda functions").
 */
export function log(level: 'info' | 'warn' | 'error', fields: LogFields): void {
  console[level](Object.fromEntries(allowed.flatMap((name) => (isPlain(fields[name]) ? [[name, fields[name]]] : []))))
}

/** Name of an error, for the field `kind`; its message stays out of the log, as it may quote what was read. */
export const errorKind = (error: unknown): string => (error instanceof Error ? error.name : typeof error)

const isPlain = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
