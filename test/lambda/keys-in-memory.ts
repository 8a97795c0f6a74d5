import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyContext, KeyService } from '../../lambda/shared/vault/ports.ts'
import { SealedRecordError } from '../../lambda/shared/vault/sealed-record-error.ts'

/** A key service in memory that behaves as KMS does: a wrapped key opens under its own context only. It counts its calls. */
export interface KeysInMemory extends KeyService {
  readonly calls: { generate: number; unwrap: number; wrapForRecovery: number }
}

/** A key service with a vault key of its own; two of them open nothing of each other. */
export function keysInMemory(): KeysInMemory {
  const vaultKey = randomBytes(32)
  const recoveryKey = randomBytes(32)
  const calls = { generate: 0, unwrap: 0, wrapForRecovery: 0 }
  return {
    calls,
    generate: async (context) => {
      calls.generate += 1
      const plaintext = new Uint8Array(randomBytes(32))
      return { plaintext, wrapped: wrap(vaultKey, plaintext, context) }
    },
    unwrap: async (wrapped, context) => {
      calls.unwrap += 1
      return unwrap(vaultKey, wrapped, context)
    },
    wrapForRecovery: async (plaintext, context) => {
      calls.wrapForRecovery += 1
      return wrap(recoveryKey, plaintext, context)
    },
  }
}

const additionalData = ({ practice, patient }: KeyContext): Buffer => Buffer.from(JSON.stringify({ patient, practice }))

function wrap(key: Buffer, plaintext: Uint8Array, context: KeyContext): Uint8Array {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(additionalData(context))
  const sealed = [cipher.update(plaintext), cipher.final()]
  return new Uint8Array(Buffer.concat([iv, ...sealed, cipher.getAuthTag()]))
}

function unwrap(key: Buffer, wrapped: Uint8Array, context: KeyContext): Uint8Array {
  const bytes = Buffer.from(wrapped)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    .setAAD(additionalData(context))
    .setAuthTag(bytes.subarray(-16))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]))
  } catch {
    // As the adapter of KMS does with a key that does not open under this context.
    throw new SealedRecordError()
  }
}
