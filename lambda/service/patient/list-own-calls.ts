import { keys } from '../calls/keys.ts'
import { callOfPatient, standingOf } from './own-call.ts'
import { recordOwnLook } from './record-own-look.ts'
import type { Act } from './work.ts'

/** How many calls are listed at most; the latest ones. */
const most = 50

/**
 * The patient's calls, the latest first, and where they stand. Only keys of records are read and nothing is opened; the ledger has an entry of it all the same,
 * because the audit trail cannot tell such a read from another.
 */
export const listOwnCalls: Act<'listOwnCalls'> = async (work) => {
  await recordOwnLook(work, ['list of calls'])
  const { table, pk, sk } = keys.call(work.practice, work.patient, '')
  const own = await work.items.query({ table, pk, from: sk, to: `${sk}~`, backwards: true, limit: most, attributes: [] })
  const found = await Promise.all(own.map((item) => callOfPatient(work, item.sk.slice(sk.length))))
  return { status: 200, body: { calls: found.flatMap((call) => (call === undefined ? [] : [standingOf(call)])) } }
}
