import { createHmac } from 'node:crypto'
import type { DataKey } from './data-key.ts'
import { lengths } from './sealed-layout.ts'

/** What is derived for one record. Whoever holds the key wipes it. */
export interface RecordKey {
  /** 32 bytes, a key of AES-256-GCM. */
  readonly key: Buffer
  /** 32 bytes that no other data key, salt or name has. */
  readonly commitment: Buffer
}

/**
 * Derives the key of one record, and a commitment to data key, salt and name: HMAC-SHA-512 of label, salt and additional data under the data key
 * (after NIST SP 800-108r1; HMAC in FIPS 198-1). Label and salt have fixed lengths, so the input is unambiguous.
 *
 * @param input what `derivationInput` made
 */
export function recordKey({ secret }: DataKey, input: Uint8Array): RecordKey {
  const bytes = createHmac('sha512', secret).update(input).digest()
  return { key: bytes.subarray(0, 32), commitment: bytes.subarray(32) }
}

/**
 * The nonce of every record, 12 bytes of zero. GCM fails when one key meets one nonce with two inputs; a probability of 2^-32 is the most that is
 * allowed (NIST SP 800-38D, section 8). Here a key seals one record: it comes of a salt of 32 random bytes, and n records of a patient
 * share a salt with a probability below n^2 / 2^257. A random nonce of 12 bytes under the data key itself would end at 2^32 records (section 8.3).
 */
export const nonce = Buffer.alloc(12)

/** Options of the cipher and of its reverse: no tag shorter than 16 bytes is taken. */
export const cipherOptions = { authTagLength: lengths.tag }
