import { sealedFormatVersion } from '../record-header.ts'

/** Lengths of the parts of a sealed value, in bytes and in order; the ciphertext, as long as the plaintext, stands before the tag. See FORMAT.md. */
export const lengths = { version: 1, keyId: 16, salt: 32, commitment: 32, tag: 16 } as const

/** Where the parts begin. */
export const offsets = { keyId: 1, salt: 17, commitment: 49, ciphertext: 81 } as const

/** How many bytes sealing adds to a record. */
export const sealedOverhead = offsets.ciphertext + lengths.tag

/** Whether a value is long enough to be a sealed one, and of this format. */
export const isSealed = (value: Uint8Array): boolean => value.length >= sealedOverhead && value[0] === sealedFormatVersion
