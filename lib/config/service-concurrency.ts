/**
 * How many of each function of the service run at most at once: the service stack reserves these numbers, `safe-harbor offline` sets the first three to 0 and
 * `safe-harbor online` restores them. A flood of one kind of request then leaves room for the others (AWS Lambda Developer Guide, "Configuring reserved
 * concurrency for a function").
 */
export const serviceConcurrency = { intake: 20, provider: 20, patient: 10, escalation: 5 } as const

/** The functions that answer callers. Escalation is none of them: who has called already is still called back while the service is offline. */
export const answeringFunctions = ['intake', 'provider', 'patient'] as const satisfies readonly (keyof typeof serviceConcurrency)[]
/** One of them. */
export type AnsweringFunction = (typeof answeringFunctions)[number]
