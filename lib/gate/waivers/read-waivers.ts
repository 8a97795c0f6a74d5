import { z } from 'zod'
import { readReviewedFile } from '../input/reviewed-file.ts'
import type { Waivers } from './waiver.ts'

/** Value of `schema` in a file of waivers. */
export const waiversSchema = 'safe-harbor-waivers/1'

const named = z.strictObject({
  file: z.string().min(1),
  resource: z.string().min(1).optional(),
  fingerprint: z.string().regex(/^[0-9a-f]{32,64}$/, 'is no fingerprint: 32 hexadecimal digits, as the verdict gives them'),
})
// What people sign for may be blank here: that is a finding of its own, and the other waivers are looked at all the same.
const signed = z.string().default('')
const waiver = z.strictObject({
  control: z.string().min(1),
  findings: z.array(named).min(1),
  matches: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'is no number of findings, from 1')
    .default('1')
    .transform(Number),
  owner: signed,
  approver: signed,
  reason: signed,
  compensatingControl: signed,
  expires: signed,
})
const fileSchema = z.strictObject({ schema: z.literal(waiversSchema), waivers: z.array(waiver) })

/**
 * Reads accepted findings from YAML or JSON.
 * @throws UnreadableError as `file:line: what is wrong. next step`, also for a key that is not known or stands twice
 */
export function readWaivers(file: string): Waivers {
  const { content, digest, lineOf } = readReviewedFile(file, fileSchema, 'Write the file as `safe-harbor gate --propose-waivers` does.')
  const entries = content.waivers.map((entry, index) => ({
    ...entry,
    findings: entry.findings.map((finding, place) => ({ ...finding, line: lineOf(['waivers', index, 'findings', place]) })),
    line: lineOf(['waivers', index]),
  }))
  return { file, digest, entries }
}
