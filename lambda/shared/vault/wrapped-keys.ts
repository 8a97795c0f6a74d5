import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Item, ItemKey, Items } from '../items/items.ts'
import { type DataKey, dataKeyOf } from './data-key.ts'
import type { KeyContext, KeyService } from './ports.ts'
import { lengths } from './sealed-layout.ts'
import { SealedRecordError } from './sealed-record-error.ts'

/** Partition of the wrapped keys of a patient. */
export const wrappedKeysOf = ({ practice, patient }: KeyContext): Pick<ItemKey, 'table' | 'pk'> => ({
  table: 'wrapped-keys',
  pk: `${practice}#${patient}`,
})

/**
 * Partition of the patients of a practice who have a wrapped key, by `sk`. It is written with each key, in one write, so that nobody is missing when a
 * practice is erased. No patient can be called `index`: ids have 8 characters at least.
 */
export const patientsOf = (practice: string): Pick<ItemKey, 'table' | 'pk'> => ({ table: 'wrapped-keys', pk: `${practice}#index` })

/** Makes a data key of a patient and stores it, wrapped twice, before anybody can seal with it: what is sealed can be opened. */
export async function makeDataKey(items: Items, keys: KeyService, context: KeyContext): Promise<DataKey> {
  const { plaintext, wrapped } = await keys.generate(context)
  try {
    const id = new Uint8Array(randomBytes(lengths.keyId))
    const recovery = await keys.wrapForRecovery(plaintext, context)
    await store(items, context, { ...itemKey(context, id), attributes: { wrapped, recovery, madeAt: new Date().toISOString() } })
    return dataKeyOf(id, plaintext)
  } catch (error) {
    plaintext.fill(0)
    throw error
  }
}

/**
 * Fetches and opens the data key that a sealed value names.
 * @throws SealedRecordError when the patient has no such key, or what is stored is none
 */
export async function storedDataKey(items: Items, keys: KeyService, context: KeyContext, id: Uint8Array): Promise<DataKey> {
  const wrapped = (await items.get(itemKey(context, id)))?.attributes['wrapped']
  if (!(wrapped instanceof Uint8Array)) throw new SealedRecordError()
  const plaintext = await keys.unwrap(wrapped, context)
  if (plaintext.length !== 32) throw new SealedRecordError()
  return dataKeyOf(Uint8Array.from(id), plaintext)
}

const itemKey = (context: KeyContext, id: Uint8Array): ItemKey => ({
  ...wrappedKeysOf(context),
  sk: `key#${Buffer.from(id).toString('hex')}`,
})

/** How long to wait before each further attempt, in milliseconds, at most. */
const waits = [20, 50, 100, 200]

// The id is new, so a refusal means that another first key of the same patient is being stored at this moment, with the same item of the index.
async function store(items: Items, { practice, patient }: KeyContext, key: Item): Promise<void> {
  const parts = [{ put: key, onlyIf: 'absent' }, { put: { ...patientsOf(practice), sk: patient, attributes: {} } }] as const
  for (const wait of [...waits, undefined]) {
    if ((await items.write(parts)) === 'written') return
    if (wait !== undefined) await pause(wait * (0.5 + Math.random() / 2))
  }
  throw new Error('A new wrapped key could not be stored, because others were stored for the same patient all the time.')
}
