import { randomFillSync } from 'node:crypto'
import { lengths } from './sealed-layout.ts'

const pool = Buffer.alloc(lengths.salt * 128)
let used = pool.length

/**
 * 32 random bytes, each used once; a view that the next calls do not change until it has been copied. They come from the system's generator, for 128
 * records at a time, since a call of it costs as much as sealing half a record. Salts are no secret. Nothing is drawn before the first is asked
 * for, so that processes started from one image of memory do not begin with the same.
 */
export function nextSalt(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += lengths.salt
  return pool.subarray(used - lengths.salt, used)
}
