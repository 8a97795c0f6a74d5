/** Every refusal of the service: its HTTP status, and what a caller is told. The words say nothing of what was sent and nothing of who exists. */
export const refusals = {
  'not-valid': { status: 400, words: 'The request is not valid. See the API description.' },
  'not-signed-in': { status: 401, words: 'Sign in again.' },
  'not-allowed': { status: 403, words: 'This is not open to you.' },
  'not-found': { status: 404, words: 'There is nothing here for you.' },
  conflict: { status: 409, words: 'It has changed meanwhile. Read it again.' },
  'too-large': { status: 413, words: 'The request is too large.' },
  'key-reused': { status: 422, words: 'This Idempotency-Key belongs to another request.' },
  'over-budget': { status: 429, words: 'You have opened the records of too many patients. Your privacy officer has been told.' },
  'too-many': { status: 429, words: 'Too many requests. Try again shortly.' },
  unavailable: {
    status: 503,
    words: 'The on-call line is closed for now. In an emergency call 911; otherwise call your practice.',
  },
} as const satisfies Record<string, { readonly status: number; readonly words: string }>

/** Kind of a refusal. */
export type Refusal = keyof typeof refusals

/** A request is refused. Nothing of the request is in it. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly refusal: Refusal

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusals[refusal].words, options)
    this.refusal = refusal
  }
}
