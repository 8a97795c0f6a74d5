import { ServiceError } from '../../shared/http/service-error.ts'
import type { Item, Items, Write } from '../../shared/items/items.ts'
import { recordAttributes } from '../../shared/record-header.ts'
import type { Vault } from '../../shared/vault/vault.ts'
import type { Call } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import { messagesOf } from '../calls/opened-call.ts'
import { callContent, callRecord, messageContent, messageRecord, openedRecord, sealedRecord } from '../calls/record.ts'

/** Messages of a call that may move with it: a write has at most 100 parts, and each takes two. */
export const mostMovedMessages = 40

/**
 * The parts of a write that move the records of a call to another patient: opened, sealed under the new patient's own data key as the next version, and the
 * old ones removed.
 *
 * @throws ServiceError `too-large` when the call has more messages than one write can move, `conflict` when its record is not there
 */
export async function movedRecords(items: Items, vault: Vault, call: Call, patient: string): Promise<Write[]> {
  const messages = await items.query({ ...messagesOf(call), limit: mostMovedMessages + 1 })
  if (messages.length > mostMovedMessages) throw new ServiceError('too-large')
  const record = await items.get(keys.call(call.practice, call.patient, call.call))
  if (record === undefined) throw new ServiceError('conflict')
  const moved = [record, ...messages].map(async (old) => replaced(old, await resealed(vault, old, call, patient)))
  return (await Promise.all(moved)).flat()
}

async function resealed(vault: Vault, old: Item, { practice, call }: Call, patient: string): Promise<Item> {
  const version = Number(old.attributes[recordAttributes.version]) + 1
  const message = old.sk.slice(old.sk.lastIndexOf('#') + 1)
  return old.sk.startsWith('call#')
    ? sealedRecord(vault, { ...callRecord(practice, patient, call), version }, await openedRecord(vault, old, callContent))
    : sealedRecord(vault, { ...messageRecord(practice, patient, call, message), version }, await openedRecord(vault, old, messageContent))
}

const replaced = ({ table, pk, sk, attributes }: Item, fresh: Item): Write[] => [
  { put: fresh, onlyIf: 'absent' },
  // Exactly the value that was opened: nothing else may be removed.
  { remove: { table, pk, sk }, onlyIf: { equals: { [recordAttributes.version]: attributes[recordAttributes.version] ?? 0 } } },
]
