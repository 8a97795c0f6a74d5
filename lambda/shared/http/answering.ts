import { errorKind, log } from '../log.ts'
import type { Answer, ServiceResponse } from './exchange.ts'
import { problemResponse } from './problem.ts'
import { ServiceError } from './service-error.ts'

/** What is logged when a request is refused; `kind` is the refusal. */
export const requestRefusedEvent = 'request-refused'
/** What is logged when AWS denies a signed-in person's session something; it means a mistake of ours or an attempt of theirs. */
export const sessionDeniedEvent = 'session-denied'
/** What is logged when a request fails for any other reason; `kind` is the name of the error. */
export const answerFailedEvent = 'answer-failed'

/** An answer that never throws. Here, and nowhere else, errors become responses, with nothing of the request in them or in the log. */
export const answering =
  (answer: Answer): Answer =>
  (request) =>
    answered(request.requestId, () => answer(request))

/** The same, for what happens before there is a request. @param requestId what the problem and the log name it by */
export async function answered(requestId: string, act: () => Promise<ServiceResponse>): Promise<ServiceResponse> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof ServiceError) {
      log('info', { event: requestRefusedEvent, requestId, kind: error.refusal })
      return problemResponse(error.refusal, requestId)
    }
    const denied = isDenial(error)
    log('error', { event: denied ? sessionDeniedEvent : answerFailedEvent, requestId, kind: errorKind(error) })
    return problemResponse(denied ? 'not-allowed' : 'failed', requestId)
  }
}

// DynamoDB and KMS say AccessDeniedException, STS and S3 AccessDenied (their API references, "Common Errors").
const isDenial = (error: unknown): boolean => ['AccessDeniedException', 'AccessDenied'].includes(errorKind(error))
