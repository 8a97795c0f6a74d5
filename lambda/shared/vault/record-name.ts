import { identifierPattern } from '../identifiers.ts'
import { sealedFormatVersion } from '../record-header.ts'
import { lengths } from './sealed-layout.ts'

/** Which record it is. A sealed value opens under the name it was sealed with and under no other. */
export interface RecordName {
  readonly practice: string
  readonly patient: string
  /** What kind of record: `call`, `message`. 1 to 64 visible ASCII characters. */
  readonly type: string
  /** Which one of its kind. 1 to 256 visible ASCII characters. */
  readonly id: string
  /** How often the record has been written, from 1: no old value passes for a new one. */
  readonly version: number
}

// ASCII only: one text has one encoding, and a name cannot look like another that it is not.
const typePattern = /^[!-~]{1,64}$/
const idPattern = /^[!-~]{1,256}$/

/** Whether a record can be called so. */
export const isRecordName = ({ practice, patient, type, id, version }: RecordName): boolean =>
  identifierPattern.test(practice) &&
  identifierPattern.test(patient) &&
  typePattern.test(type) &&
  idPattern.test(id) &&
  Number.isSafeInteger(version) &&
  version >= 1

const versionLength = 8
const lengthLength = 2

/**
 * The additional data of a record: format version, key id, practice, patient, type, id and version, each behind its length, so that no two
 * names have the same bytes. See FORMAT.md.
 *
 * @param name a name that `isRecordName` accepts
 */
export function additionalData(keyId: Uint8Array, { practice, patient, type, id, version }: RecordName): Buffer {
  const texts = practice.length + patient.length + type.length + id.length
  const bytes = Buffer.allocUnsafe(7 * lengthLength + lengths.version + lengths.keyId + texts + versionLength)
  let at = bytes.writeUInt16BE(lengths.version)
  at = bytes.writeUInt8(sealedFormatVersion, at)
  at = bytes.writeUInt16BE(lengths.keyId, at)
  bytes.set(keyId, at)
  at += lengths.keyId
  for (const text of [practice, patient, type, id]) {
    at = bytes.writeUInt16BE(text.length, at)
    at += bytes.write(text, at, 'latin1')
  }
  at = bytes.writeUInt16BE(versionLength, at)
  bytes.writeBigUInt64BE(BigInt(version), at)
  return bytes
}
