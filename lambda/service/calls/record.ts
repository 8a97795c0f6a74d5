import * as z from 'zod/mini'
import type { Item } from '../../shared/items/items.ts'
import { recordAttributes } from '../../shared/record-header.ts'
import type { RecordName, Vault } from '../../shared/vault/vault.ts'
import { callKinds } from '../api/schemas.ts'
import { keys } from './keys.ts'

/** What a call's record holds, sealed. */
export const callContent = z.strictObject({ callbackNumber: z.string(), kind: z.enum(callKinds), message: z.string() })
/** What a message's record holds, sealed: what was written, by whom, and when (ISO 8601 in UTC). */
export const messageContent = z.strictObject({
  message: z.string(),
  from: z.enum(['provider', 'patient']),
  /** Opaque id of the person. */
  by: z.string(),
  at: z.string(),
})
/** Contents of a call's record. */
export type CallContent = z.infer<typeof callContent>
/** Contents of a message's record. */
export type MessageContent = z.infer<typeof messageContent>

/** A record of calls: what is sealed into it follows from its type. */
export type CallRecord = RecordName & { readonly type: 'call' }
/** A record of messages. */
export type MessageRecord = RecordName & { readonly type: 'message' }

/** Name of the record of a call. A call is written once, so its version is 1. */
export const callRecord = (practice: string, patient: string, call: string): CallRecord => ({
  ...{ practice, patient, version: 1 },
  ...typeAndId('call', keys.call(practice, patient, call).sk),
})

/** Name of the record of a message; its id holds that of its call, so that no message passes for one of another call. */
export const messageRecord = (practice: string, patient: string, call: string, message: string): MessageRecord => ({
  ...{ practice, patient, version: 1 },
  ...typeAndId('message', keys.message(practice, patient, call, message).sk),
})

/** A record as it is stored: sealed under its own name, at the place its name says. */
export async function sealedRecord<Name extends CallRecord | MessageRecord>(
  vault: Pick<Vault, 'seal'>,
  name: Name,
  content: Name extends CallRecord ? CallContent : MessageContent,
): Promise<Item> {
  const sealed = await vault.seal(name, new TextEncoder().encode(JSON.stringify(content)))
  return {
    table: 'records',
    pk: `${name.practice}#${name.patient}`,
    sk: `${name.type}#${name.id}`,
    attributes: { [recordAttributes.sealed]: sealed, [recordAttributes.version]: name.version },
  }
}

/**
 * What a stored record holds. It is opened under the name that its place gives it, so that a record moved to another place does not open.
 *
 * @throws SealedRecordError of the vault when it does not open; $ZodError when it holds something else than its type says
 */
export async function openedRecord<Content>(vault: Pick<Vault, 'open'>, item: Item, schema: z.ZodMiniType<Content>): Promise<Content> {
  const { sealed, version } = header.parse(item.attributes)
  const [practice = '', patient = ''] = item.pk.split('#')
  const [type = ''] = item.sk.split('#')
  const id = item.sk.slice(type.length + 1)
  const plaintext = await vault.open({ practice, patient, type, id, version }, sealed)
  return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plaintext)))
}

const header = z.object({
  [recordAttributes.sealed]: z.instanceof(Uint8Array),
  [recordAttributes.version]: z.int().check(z.minimum(1)),
})

// Keys are decided in one place only; a name is the same said in parts.
const typeAndId = <const Type extends string>(type: Type, sk: string): { type: Type; id: string } => ({
  type,
  id: sk.slice(type.length + 1),
})
