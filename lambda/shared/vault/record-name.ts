import { identifierPattern } from '../identifiers.ts'

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
