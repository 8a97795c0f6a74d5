import { sealedFormatVersion } from '../record-header.ts'
import type { RecordName } from './record-name.ts'
import { lengths, offsets } from './sealed-layout.ts'

const label = Buffer.from('safe-harbor/record/v1', 'latin1')
const aboutAt = label.length + lengths.salt
const versionLength = 8
/** What is not a text: seven lengths of 2 bytes, format version, key id, version. */
const fixedLength = 7 * 2 + lengths.version + lengths.keyId + versionLength

/**
 * What the key of a record is derived from: label, salt and the additional data of FORMAT.md, in one buffer, so that it is encoded once and hashed in
 * one go. The short parts are written byte by byte: the views that copying them would need cost more than the bytes.
 *
 * @param header begins as the sealed value does: version, key id and salt
 * @param name a name that `isRecordName` accepts
 */
export function derivationInput(header: Uint8Array, { practice, patient, type, id, version }: RecordName): Buffer {
  const texts = practice.length + patient.length + type.length + id.length
  const input = Buffer.allocUnsafe(aboutAt + fixedLength + texts)
  let at = copyBytes(label, 0, label.length, input, 0)
  at = copyBytes(header, offsets.salt, lengths.salt, input, at)
  at = writeLength(input, at, lengths.version)
  input[at] = sealedFormatVersion
  at = writeLength(input, at + lengths.version, lengths.keyId)
  at = copyBytes(header, offsets.keyId, lengths.keyId, input, at)
  at = writeText(input, at, practice)
  at = writeText(input, at, patient)
  at = writeText(input, at, type)
  at = writeText(input, at, id)
  at = writeLength(input, at, versionLength)
  at = input.writeUInt32BE(Math.floor(version / 2 ** 32), at)
  input.writeUInt32BE(version % 2 ** 32, at)
  return input
}

/** The additional data within what `derivationInput` made. */
export const additionalDataIn = (input: Buffer): Buffer => input.subarray(aboutAt)

function writeText(to: Uint8Array, at: number, text: string): number {
  const start = writeLength(to, at, text.length)
  for (let index = 0; index < text.length; index += 1) to[start + index] = text.charCodeAt(index)
  return start + text.length
}

function writeLength(to: Uint8Array, at: number, length: number): number {
  to[at] = length >> 8
  to[at + 1] = length
  return at + 2
}

function copyBytes(from: Uint8Array, fromAt: number, length: number, to: Uint8Array, at: number): number {
  for (let index = 0; index < length; index += 1) to[at + index] = from[fromAt + index] ?? 0
  return at + length
}
