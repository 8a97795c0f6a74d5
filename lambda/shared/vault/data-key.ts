import type { KeyObject } from 'node:crypto'
import { keyForm } from './key-form.ts'

/** A data key in plain, with its id. */
export interface DataKey {
  /** 16 bytes. */
  readonly id: Uint8Array
  /** 32 bytes. Whoever holds the key wipes them. */
  readonly plaintext: Uint8Array
  /** The same key as HMAC takes it, made once for all records. */
  readonly secret: KeyObject | Uint8Array
}

/** The data key of these bytes, which are kept and not copied. */
export const dataKeyOf = (id: Uint8Array, plaintext: Uint8Array): DataKey => ({ id, plaintext, secret: keyForm(plaintext) })
