import { randomBytes } from 'node:crypto'
import type { RecordName } from '../../../lambda/shared/vault/vault.ts'

/** One way to seal and to open. What `seal` returned for a turn is opened in the same turn. */
export interface Way {
  readonly name: string
  /** Records a round. */
  readonly records: number
  readonly seal: (turn: number) => Uint8Array | Promise<Uint8Array>
  readonly open: (turn: number, sealed: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

/** What is sealed: 1 KiB. */
export const record = new Uint8Array(randomBytes(1024))

/** Names of the records of 100 patients, by turn. */
const names = Array.from(
  { length: 100 },
  (_, number): RecordName => ({
    practice: 'k3v9q2mx7t4z',
    patient: `patient${String(number).padStart(4, '0')}`,
    type: 'message',
    id: '01hqzj60n4r8s1t5v9w2x6y0za#01hqzj61p3q7r0s4t8v1w5x9yb',
    version: 1,
  }),
)

/** The name of the record of a turn. */
export function nameOf(turn: number): RecordName {
  const name = names[turn % names.length]
  if (name === undefined) throw new RangeError(`No name for turn ${turn}.`)
  return name
}
