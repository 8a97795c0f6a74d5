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

/** Writes one line of JSON. Fields that are not in `LogFields` are dropped, whatever the caller's types say. */
export function log(level: 'info' | 'warn' | 'error', fields: LogFields): void {
  const line = Object.fromEntries(allowed.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])))
  console[level](JSON.stringify({ level, ...line }))
}
