import { createDecipheriv, timingSafeEqual } from 'node:crypto'
import type { DataKey } from './data-key.ts'
import { additionalDataIn, derivationInput } from './derivation-input.ts'
import { keyForm } from './key-form.ts'
import { cipherOptions, nonce, recordKey } from './record-key.ts'
import type { RecordName } from './record-name.ts'
import { isSealed, lengths, offsets } from './sealed-layout.ts'

/**
 * Opens one record. The commitment is compared first, in constant time, so that nothing is ever decrypted under a key that did not seal it.
 *
 * @param name a name that `isRecordName` accepts
 * @returns the plaintext, or undefined when anything at all is wrong
 */
export function openRecord(dataKey: DataKey, name: RecordName, sealed: Uint8Array): Uint8Array | undefined {
  if (!isSealed(sealed)) return undefined
  const input = derivationInput(sealed, name)
  const { key, commitment } = recordKey(dataKey, input)
  if (!timingSafeEqual(commitment, sealed.subarray(offsets.commitment, offsets.ciphertext))) {
    key.fill(0)
    return undefined
  }
  const tagAt = sealed.length - lengths.tag
  const decipher = createDecipheriv('aes-256-gcm', keyForm(key), nonce, cipherOptions)
  key.fill(0)
  decipher.setAAD(additionalDataIn(input)).setAuthTag(sealed.subarray(tagAt))
  const plaintext = decipher.update(sealed.subarray(offsets.ciphertext, tagAt))
  try {
    decipher.final()
  } catch {
    // Decrypted, but not what was sealed: it must not be seen, not even in memory that is handed out again.
    plaintext.fill(0)
    return undefined
  }
  return new Uint8Array(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength)
}
