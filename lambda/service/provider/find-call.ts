import { ServiceError } from '../../shared/http/service-error.ts'
import { type Call, callOf } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import type { Work } from './work.ts'

/**
 * Where a call of the practice stands.
 * @throws ServiceError `not-found` when the practice has no such call, in the same words whether another practice has it or nobody
 */
export async function findCall({ items, practice }: Pick<Work, 'items' | 'practice'>, call: string): Promise<Call> {
  const item = await items.get(keys.routing(practice, call))
  if (item === undefined) throw new ServiceError('not-found')
  return callOf(item)
}
