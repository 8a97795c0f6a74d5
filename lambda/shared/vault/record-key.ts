import { createHmac, createSecretKey } from 'node:crypto'
import { lengths } from './sealed-layout.ts'

const asKey = createSecretKey


/** What is derived for one record. Whoever holds the key wipes it. */
export interface RecordKey {
  /** 32 bytes, a key of AES-256-GCM. */
  readonly key: Buffer
  /** 32 bytes that no other data key, salt or name has. */
  readonly commitment: Buffer
}

export function recordKey(dataKey: Uint8Array, input: Uint8Array): RecordKey {
  const bytes = createHmac('sha512', (globalThis as any).KOH === 1 ? cached(dataKey) : (globalThis as any).KOH === 2 ? asKey(dataKey) : dataKey).update(input).digest()
  return { key: bytes.subarray(0, 32), commitment: bytes.subarray(32) }
}
const map = new WeakMap<Uint8Array, ReturnType<typeof createSecretKey>>()
function cached(dataKey: Uint8Array) {
  let k = map.get(dataKey)
  if (k === undefined) map.set(dataKey, (k = createSecretKey(dataKey)))
  return k
}
export const nonce = Buffer.alloc(12)

export const cipherKey = (bytes: Buffer): any => (globalThis as any).KOC ? createSecretKey(bytes) : bytes
export const options = { authTagLength: lengths.tag }
