import type { KeyService } from '../../../../lambda/shared/vault/ports.ts'
import { SealedRecordError } from '../../../../lambda/shared/vault/sealed-record-error.ts'
import { type KeysInMemory, keysInMemory } from '../../keys-in-memory.ts'

/** The key service in memory, which refuses what it did not wrap for this patient as the one on KMS does. */
export function kmsInMemory(): KeysInMemory {
  const keys = keysInMemory()
  const unwrap: KeyService['unwrap'] = (wrapped, context) =>
    keys.unwrap(wrapped, context).catch(() => {
      throw new SealedRecordError()
    })
  return { ...keys, unwrap }
}
