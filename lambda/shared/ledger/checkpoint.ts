import * as z from 'zod/mini'
import { identifierPattern } from '../identifiers.ts'
import type { Point } from './chain.ts'
import { numberText } from './ledger-keys.ts'

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const point = z.strictObject({ number: z.int().check(z.minimum(0)), hash })

const checkpoint = z.strictObject({
  version: z.literal(1),
  practice: z.string().check(z.regex(identifierPattern)),
  number: z.int().check(z.minimum(1)),
  hash,
  time: z.iso.datetime(),
  previous: point,
})

/** What the locked archive keeps of a chain: that it stood so at this time. */
export interface Checkpoint extends Point {
  readonly version: 1
  readonly practice: string
  /** When it was taken, ISO 8601 in UTC. */
  readonly time: string
  /** The link of the checkpoint before; of the first one, the beginning. */
  readonly previous: Point
}

/** Folder of the archive that checkpoints stand in. */
export const checkpointFolder = 'ledger'

/** Object key of a checkpoint. One link has one key: taken twice, it is two versions of one object, which say the same. */
export const checkpointKey = ({ practice, number }: Pick<Checkpoint, 'practice' | 'number'>): string =>
  `${checkpointFolder}/${practice}/${numberText(number)}.json`

/** A checkpoint as it is stored. */
export const checkpointText = (taken: Checkpoint): string => `${JSON.stringify(taken)}\n`

/** A checkpoint from its text. @throws $ZodError or SyntaxError when it is none */
export const checkpointFrom = (text: string): Checkpoint => checkpoint.parse(JSON.parse(text))
