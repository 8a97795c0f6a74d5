import { sealedFormatVersion } from '../record-header.ts'

/** Lengths of the parts of a sealed value, in bytes and in order; the ciphertext, as long as the plaintext, stands before the tag. See FORMAT.md. */
export const lengths = { version: 1, keyId: 16, salt: 32, commitment: 32, tag: 16 } as const

/** Where the parts begin. */
export const offsets = { keyId: 1, salt: 17, commitment: 49, ciphertext: 81 } as const

/** How many bytes sealing adds to a record. */
export const sealedOverhead = offsets.ciphertext + lengths.tag

/** The parts of a sealed value: views of it, no copies. */
export interface SealedParts {
  readonly keyId: Uint8Array
  readonly salt: Uint8Array
  readonly commitment: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

/** Takes a sealed value apart; undefined when it is too short for one or of another format. */
export function partsOf(sealed: Uint8Array): SealedParts | undefined {
  if (sealed.length < sealedOverhead || sealed[0] !== sealedFormatVersion) return undefined
  const tagAt = sealed.length - lengths.tag
  return {
    keyId: sealed.subarray(offsets.keyId, offsets.salt),
    salt: sealed.subarray(offsets.salt, offsets.commitment),
    commitment: sealed.subarray(offsets.commitment, offsets.ciphertext),
    ciphertext: sealed.subarray(offsets.ciphertext, tagAt),
    tag: sealed.subarray(tagAt),
  }
}

export const isSealed = (sealed: Uint8Array): boolean => sealed.length >= sealedOverhead && sealed[0] === sealedFormatVersion
