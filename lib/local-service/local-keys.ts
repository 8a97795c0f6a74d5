import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { KeyContext, KeyService } from '../../lambda/shared/vault/ports.ts'
import { SealedRecordError } from '../../lambda/shared/vault/sealed-record-error.ts'
import { readOrMakeSecret } from './secret-file.ts'

const keyFile = z.strictObject({ vaultKey: z.base64(), recoveryKey: z.base64() })

/**
 * A key service in a file of this machine, for trying the service and **not for patients**: whoever copies the folder has records and keys. It behaves as
 * KMS does, a wrapped key opens under its own context only, and it makes its two keys when there are none.
 * @param file path of the key file, readable by its owner only
 * @throws SecretFileError when others may read the file
 */
export async function openLocalKeys(file: string): Promise<KeyService> {
  const { vaultKey, recoveryKey } = keyFile.parse(JSON.parse(await readOrMakeSecret(file, newKeys)))
  return {
    generate: async (context) => {
      const plaintext = new Uint8Array(randomBytes(32))
      return { plaintext, wrapped: wrap(vaultKey, plaintext, context) }
    },
    unwrap: async (wrapped, context) => unwrap(vaultKey, wrapped, context),
    wrapForRecovery: async (plaintext, context) => wrap(recoveryKey, plaintext, context),
  }
}

const newKeys = (): string =>
  JSON.stringify({ vaultKey: randomBytes(32).toString('base64'), recoveryKey: randomBytes(32).toString('base64') })

const nonceLength = 12
const tagLength = 16

// The names stand in a fixed order, so that the same context is always the same bytes.
const additionalData = ({ practice, patient }: KeyContext): Buffer => Buffer.from(JSON.stringify({ patient, practice }))

function wrap(key: string, plaintext: Uint8Array, context: KeyContext): Uint8Array {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce).setAAD(additionalData(context))
  const sealed = [cipher.update(plaintext), cipher.final()]
  return new Uint8Array(Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]))
}

function unwrap(key: string, wrapped: Uint8Array, context: KeyContext): Uint8Array {
  const bytes = Buffer.from(wrapped)
  const nonce = bytes.subarray(0, nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce, { authTagLength: tagLength })
    .setAAD(additionalData(context))
    .setAuthTag(bytes.subarray(-tagLength))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(nonceLength, -tagLength)), decipher.final()]))
  } catch {
    // As the adapter of KMS does with a key that does not open under this context.
    throw new SealedRecordError()
  }
}
