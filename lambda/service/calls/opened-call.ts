import { ServiceError } from '../../shared/http/service-error.ts'
import type { Items } from '../../shared/items/items.ts'
import type { Vault } from '../../shared/vault/vault.ts'
import type { Call } from './call.ts'
import { keys } from './keys.ts'
import { type CallContent, callContent, type MessageContent, messageContent, openedRecord } from './record.ts'

/** A message of a call, opened, and when the patient read it if they said so. */
export interface OpenedMessage extends MessageContent {
  readonly id: string
  readonly readAt?: string
}

/** A call, opened: what the patient said, and what was written since, in order. */
export interface OpenedCall extends CallContent {
  readonly messages: readonly OpenedMessage[]
}

/** What a ledger entry says was disclosed when a call is opened. */
export const callElements = ['call', 'messages', 'callback number'] as const

/** All messages of a call as a range of items; sort keys of others never fall into it. */
export const messagesOf = ({ practice, patient, call }: Pick<Call, 'practice' | 'patient' | 'call'>) => {
  const { table, pk, sk } = keys.message(practice, patient, call, '')
  return { table, pk, from: sk, to: `${sk}~` } as const
}

/**
 * Reads a call with its messages and opens them. Whoever calls this has written the ledger entry before.
 *
 * @throws ServiceError `conflict` when the records have gone elsewhere since the call was looked up; SealedRecordError when one does not open
 */
export async function openedCall(
  items: Items,
  vault: Pick<Vault, 'open'>,
  call: Pick<Call, 'practice' | 'patient' | 'call'>,
): Promise<OpenedCall> {
  const { practice, patient } = call
  const [record, messages, receipts] = await Promise.all([
    items.get(keys.call(practice, patient, call.call)),
    items.query(messagesOf(call)),
    receiptsOf(items, practice, patient),
  ])
  if (record === undefined) throw new ServiceError('conflict')
  const content = await openedRecord(vault, record, callContent)
  const opened = messages.map(async (item) => {
    const id = item.sk.slice(item.sk.lastIndexOf('#') + 1)
    const readAt = receipts.get(id)
    return { id, ...(await openedRecord(vault, item, messageContent)), ...(readAt === undefined ? {} : { readAt }) }
  })
  return { ...content, messages: await Promise.all(opened) }
}

async function receiptsOf(items: Items, practice: string, patient: string): Promise<ReadonlyMap<string, string>> {
  const { table, pk, sk } = keys.receipt(practice, patient, '')
  const receipts = await items.query({ table, pk, from: sk, to: `${sk}~` })
  return new Map(receipts.map((item) => [item.sk.slice(sk.length), String(item.attributes['readAt'])]))
}
