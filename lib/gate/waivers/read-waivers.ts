import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { UnreadableError } from '../assembly/unreadable-error.ts'
import { readFile } from '../input/read-file.ts'
import type { Waivers } from './waiver.ts'
import { lineAt } from './yaml-lines.ts'

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

const largest = 4 * 1024 * 1024
const nextStep = 'Write the file as `safe-harbor gate --propose-waivers` does.'

/**
 * Reads accepted findings from YAML or JSON. Every scalar is text, so that a fingerprint of digits stays what it is.
 * @throws UnreadableError as `file:line: what is wrong. next step`, also for a key that is not known or stands twice
 */
export function readWaivers(file: string): Waivers {
  const { text, digest } = readFile(file)
  const { data, lineOf } = parse(text, file)
  const parsed = fileSchema.safeParse(data)
  if (!parsed.success) throw refusal(parsed.error.issues[0], file, lineOf)
  const entries = parsed.data.waivers.map((entry, index) => ({
    ...entry,
    findings: entry.findings.map((finding, place) => ({ ...finding, line: lineOf(['waivers', index, 'findings', place]) })),
    line: lineOf(['waivers', index]),
  }))
  return { file, digest, entries }
}

function parse(text: string, file: string) {
  if (text.length > largest) throw new UnreadableError(`${file}:1: the file is larger than 4 MiB. ${nextStep}`)
  const lines = new LineCounter()
  const broken = (at: number, what: string) =>
    new UnreadableError(`${file}:${lines.linePos(at).line || 1}: the YAML is broken: ${what}. ${nextStep}`)
  try {
    const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false })
    const [error] = [...document.errors, ...document.warnings]
    if (error !== undefined) throw broken(error.pos[0], error.message)
    return { data: document.toJS({ maxAliasCount: 0 }) as unknown, lineOf: (path: readonly PropertyKey[]) => lineAt(document, lines, path) }
  } catch (cause) {
    // Aliases, which would let one entry stand for several, and nesting deeper than the stack of calls.
    if (cause instanceof ReferenceError || cause instanceof RangeError) throw broken(0, cause.message)
    throw cause
  }
}

function refusal(issue: z.core.$ZodIssue | undefined, file: string, lineOf: (path: readonly PropertyKey[]) => number): UnreadableError {
  const path = issue?.path ?? []
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const what =
    unknown.length > 0
      ? `the key ${unknown.map((key) => `"${key}"`).join(', ')} is not known`
      : `${path.join('.') || 'the file'}: ${issue?.message ?? ''}`
  return new UnreadableError(
    `${file}:${lineOf([...path, ...unknown.slice(0, 1)])}: ${what}${unknown.length > 0 && path.length > 0 ? ` in ${path.join('.')}` : ''}. ${nextStep}`,
  )
}
