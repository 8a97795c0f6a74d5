import type { ServiceResponse } from './exchange.ts'
import { type Refusal, refusals } from './service-error.ts'

/** Why a request got no answer: a refusal, or a failure of ours. */
export type Problem = Refusal | 'failed'

/** Status and words of every problem. */
export const problems = {
  ...refusals,
  failed: { status: 500, words: 'Something failed here. Try again, with the same Idempotency-Key.' },
} as const

/** A problem as it is answered (RFC 9457). It has no `detail`: nothing of the request is in it, and nothing of what is stored. */
export interface ProblemBody {
  /** Which problem it is; stable, for programs. */
  readonly type: string
  /** The same in plain words. */
  readonly title: string
  readonly status: number
  /** What to name when asking the operators about it. */
  readonly requestId: string
}

/** Name of a problem in `type`. */
export const problemType = (problem: Problem): string => `urn:safe-harbor:problem:${problem}`

/** The answer to a request that gets none. */
export function problemResponse(problem: Problem, requestId: string): ServiceResponse {
  const { status, words } = problems[problem]
  return { status, body: { type: problemType(problem), title: words, status, requestId } satisfies ProblemBody }
}
