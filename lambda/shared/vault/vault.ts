import type { Items } from '../items/items.ts'
import type { DataKeyCache } from './data-key-cache.ts'
import { openRecord } from './open-record.ts'
import type { KeyService } from './ports.ts'
import { isRecordName, type RecordName } from './record-name.ts'
import { nextSalt } from './salts.ts'
import { sealRecord } from './seal-record.ts'
import { isSealed, lengths, offsets } from './sealed-layout.ts'
import { SealedRecordError } from './sealed-record-error.ts'
import { makeDataKey, storedDataKey } from './wrapped-keys.ts'

export type { RecordName } from './record-name.ts'
export { SealedRecordError } from './sealed-record-error.ts'

/** Seals and opens records of patients. */
export interface Vault {
  /**
   * Seals a record under its name. Needs no permission to open anything: a key that is not at hand is made, not fetched.
   *
   * @returns the sealed value of FORMAT.md, 97 bytes longer than the plaintext
   * @throws RangeError when no record can have the name, or the errors of store and key service
   */
  readonly seal: (name: RecordName, plaintext: Uint8Array) => Promise<Uint8Array>
  /**
   * Opens a record that was sealed under exactly this name.
   *
   * @throws SealedRecordError when it was not, whatever the reason. That the store or the key service refuses the caller, or is out of order, keeps
   * its own error: denied access must be seen as that, and not be taken for a damaged record
   */
  readonly open: (name: RecordName, sealed: Uint8Array) => Promise<Uint8Array>
}

/** What a vault works with. */
export interface VaultParts {
  readonly items: Items
  readonly keys: KeyService
  readonly cache: DataKeyCache
  /** Whose cached keys these are: a person with their practice, or a function. Keys are never shared between holders. */
  readonly holder: string
}

/** A vault for one holder. */
export const vault = ({ items, keys, cache, holder }: VaultParts): Vault => ({
  seal: (name, plaintext) => {
    if (!isRecordName(name))
      return Promise.reject(new RangeError('No record can have this name: see lambda/shared/vault/FORMAT.md, "Names".'))
    const { practice, patient } = name
    return cache.use(
      { practice, patient, holder, purpose: 'sealing' },
      () => makeDataKey(items, keys, { practice, patient }),
      (key) => sealRecord(key, name, plaintext, nextSalt()),
    )
  },
  open: (name, sealed) => {
    if (!isSealed(sealed) || !isRecordName(name)) return Promise.reject(new SealedRecordError())
    const { practice, patient } = name
    const keyId = Buffer.from(sealed.buffer, sealed.byteOffset + offsets.keyId, lengths.keyId)
    return cache.use(
      { practice, patient, holder, purpose: keyId.toString('hex') },
      () => storedDataKey(items, keys, { practice, patient }, keyId),
      (key) => openRecord(key, name, sealed) ?? refuse(),
    )
  },
})

function refuse(): never {
  throw new SealedRecordError()
}
