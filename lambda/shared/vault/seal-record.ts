import { createCipheriv } from 'node:crypto'
import { sealedFormatVersion } from '../record-header.ts'
import type { DataKey } from './data-key.ts'
import { additionalDataIn, derivationInput } from './derivation-input.ts'
import { keyForm } from './key-form.ts'
import { cipherOptions, nonce, recordKey } from './record-key.ts'
import type { RecordName } from './record-name.ts'
import { lengths, offsets, sealedOverhead } from './sealed-layout.ts'

/**
 * Seals one record. Nothing is stored and no key is fetched here.
 *
 * @param name a name that `isRecordName` accepts
 * @param salt 32 bytes that were never used before; they are copied
 * @returns the sealed value, 97 bytes longer than the plaintext
 */
export function sealRecord(dataKey: DataKey, name: RecordName, plaintext: Uint8Array, salt: Uint8Array): Uint8Array {
  const sealed = Buffer.allocUnsafe(plaintext.length + sealedOverhead)
  sealed[0] = sealedFormatVersion
  sealed.set(dataKey.id, offsets.keyId)
  sealed.set(salt, offsets.salt)
  const input = derivationInput(sealed, name)
  const { key, commitment } = recordKey(dataKey, input)
  sealed.set(commitment, offsets.commitment)
  const cipher = createCipheriv('aes-256-gcm', keyForm(key), nonce, cipherOptions)
  key.fill(0)
  sealed.set(cipher.setAAD(additionalDataIn(input)).update(plaintext), offsets.ciphertext)
  cipher.final()
  sealed.set(cipher.getAuthTag(), sealed.length - lengths.tag)
  return new Uint8Array(sealed.buffer, sealed.byteOffset, sealed.length)
}
