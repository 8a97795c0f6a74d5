import { ServiceError } from '../../shared/http/service-error.ts'
import { type Call, callOf } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import type { Work } from './work.ts'

/**
 * Where a call of the patient stands. That a call is another patient's is learned by nobody: it is refused in the words for one that does not exist.
 * @throws ServiceError `not-found`
 */
export async function ownCall(work: Pick<Work, 'standing' | 'practice' | 'patient'>, call: string): Promise<Call> {
  const found = await callOfPatient(work, call)
  if (found === undefined) throw new ServiceError('not-found')
  return found
}

/** The same; undefined when it is none of the patient's. */
export async function callOfPatient({ standing, practice, patient }: Pick<Work, 'standing' | 'practice' | 'patient'>, call: string) {
  const item = await standing.get(keys.routing(practice, call))
  const found = item && callOf(item)
  return found?.patient === patient ? found : undefined
}

/** What a patient is told of where a call stands; who took it on is in the disclosures. */
export const standingOf = ({ call, urgency, state, receivedAt, acknowledgedAt, closedAt }: Call) => ({
  ...{ call, urgency, state: told[state], receivedAt },
  ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
  ...(closedAt === undefined ? {} : { closedAt }),
})

// That the operators were told is theirs to mend; for the patient the call is open, and somebody is still being called.
const told = { open: 'open', unanswered: 'open', acknowledged: 'acknowledged', closed: 'closed' } as const satisfies Record<
  Call['state'],
  string
>
