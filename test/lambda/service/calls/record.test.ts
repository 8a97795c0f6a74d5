import { expect, test } from 'vitest'
import { keys } from '../../../../lambda/service/calls/keys.ts'
import {
  callContent,
  callRecord,
  messageContent,
  messageRecord,
  openedRecord,
  sealedRecord,
} from '../../../../lambda/service/calls/record.ts'
import { dynamoItem } from '../../../../lambda/shared/items/dynamo-attributes.ts'
import type { Item } from '../../../../lambda/shared/items/items.ts'
import { headerProblem } from '../../../../lambda/shared/record-header.ts'
import { dataKeyCache } from '../../../../lambda/shared/vault/data-key-cache.ts'
import { vault } from '../../../../lambda/shared/vault/vault.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { keysInMemory } from '../../keys-in-memory.ts'

const [practice, patient, call, message] = ['practice1', 'patient1', 'call0001', 'message1']
const aVault = vault({ items: itemsInMemory(), keys: keysInMemory(), cache: dataKeyCache(), holder: 'test' })
const said = { callbackNumber: '+13035550100', kind: 'symptom', message: 'Chest pain, né' } as const
const written = { message: 'Call 911.', from: 'provider', by: 'person01', at: '2026-03-08T07:30:00.000Z' } as const

test('records stand where the keys of their kind say', async () => {
  const one = await sealedRecord(aVault, callRecord(practice, patient, call), said)
  const other = await sealedRecord(aVault, messageRecord(practice, patient, call, message), written)
  expect(one).toMatchObject(keys.call(practice, patient, call))
  expect(other).toMatchObject(keys.message(practice, patient, call, message))
  for (const item of [one, other]) expect(headerProblem(dynamoItem(item))).toBeUndefined()
})

test('a record comes back as it was sealed, and shows nothing before', async () => {
  const one = await sealedRecord(aVault, callRecord(practice, patient, call), said)
  expect(Buffer.from(one.attributes['sealed'] as Uint8Array).includes('Chest')).toBe(false)
  expect(await openedRecord(aVault, one, callContent)).toEqual(said)
  const other = await sealedRecord(aVault, messageRecord(practice, patient, call, message), written)
  expect(await openedRecord(aVault, other, messageContent)).toEqual(written)
})

test.each([
  ['practice', { pk: 'practice2#patient1' }],
  ['patient', { pk: 'practice1#patient2' }],
  ['call', { sk: 'message#call0002#message1' }],
  ['message', { sk: 'message#call0001#message2' }],
  ['type', { sk: 'call#call0001#message1' }],
])('a record that was moved to another %s does not open', async (_, place) => {
  const item = await sealedRecord(aVault, messageRecord(practice, patient, call, message), written)
  await expect(openedRecord(aVault, { ...item, ...place }, messageContent)).rejects.toMatchObject({ name: 'SealedRecordError' })
})

test('a record of another version does not open, nor does an item that is no record', async () => {
  const item = await sealedRecord(aVault, callRecord(practice, patient, call), said)
  const later: Item = { ...item, attributes: { ...item.attributes, version: 2 } }
  await expect(openedRecord(aVault, later, callContent)).rejects.toMatchObject({ name: 'SealedRecordError' })
  await expect(openedRecord(aVault, { ...item, attributes: {} }, callContent)).rejects.toThrow()
})

test('a record that holds something else than its type says is an error', async () => {
  const item = await sealedRecord(aVault, callRecord(practice, patient, call), said)
  await expect(openedRecord(aVault, item, messageContent)).rejects.toThrow()
})
