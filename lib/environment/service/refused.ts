/** A refusal that the firewall or the gateway gives before any function runs: its status, its kind, and the words of the functions for the same. */
export interface Refused {
  /** Kind of the problem: `unavailable` in `urn:safe-harbor:problem:unavailable`, as the functions say it (lambda/shared/http). */
  readonly problem: string
  readonly status: number
  readonly words: string
}

/** What callers are told. A test holds each against what the functions say. */
export const refused = {
  unavailable: {
    problem: 'unavailable',
    status: 503,
    words: 'The on-call line is closed for now. In an emergency call 911; otherwise call your practice.',
  },
  tooMany: { problem: 'too-many', status: 429, words: 'Too many requests. Try again shortly.' },
  tooLarge: { problem: 'too-large', status: 413, words: 'The request is too large.' },
  notValid: { problem: 'not-valid', status: 400, words: 'The request is not valid. See the API description.' },
  notSignedIn: { problem: 'not-signed-in', status: 401, words: 'Sign in again.' },
  notAllowed: { problem: 'not-allowed', status: 403, words: 'This is not open to you.' },
  notFound: { problem: 'not-found', status: 404, words: 'There is nothing here for you.' },
  failed: { problem: 'failed', status: 500, words: 'Something failed here. Try again, with the same Idempotency-Key.' },
} as const satisfies Record<string, Refused>

/**
 * A refusal as JSON (RFC 9457).
 * @param more members beside those; a value may be a variable of the gateway
 */
export const problemText = ({ problem, status, words }: Refused, more: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({ type: `urn:safe-harbor:problem:${problem}`, title: words, status, ...more })
