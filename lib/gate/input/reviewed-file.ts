import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { UnreadableError } from '../assembly/unreadable-error.ts'
import { readFile } from './read-file.ts'
import { lineAt } from './yaml-lines.ts'

/** A file that reviewers keep, as it was read. */
export interface ReviewedFile<Content> {
  readonly content: Content
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string
  /** Line, from 1, of what stands at a path. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

/**
 * Reads YAML or JSON that reviewers keep. Every scalar is text, so that a fingerprint of digits stays what it is.
 * @param nextStep what to do about a file that is broken, as a sentence
 * @throws UnreadableError as `file:line: what is wrong. next step`, also for a key that is not known or stands twice
 */
export function readReviewedFile<Content>(file: string, schema: z.ZodType<Content>, nextStep: string): ReviewedFile<Content> {
  const { text, digest } = readFile(file)
  const { data, lineOf } = parse(text, file, nextStep)
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw refusal(parsed.error.issues[0], { file, lineOf, nextStep })
  return { content: parsed.data, digest, lineOf }
}

const largest = 4 * 1024 * 1024

function parse(text: string, file: string, nextStep: string) {
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

function refusal(
  issue: z.core.$ZodIssue | undefined,
  { file, lineOf, nextStep }: Pick<ReviewedFile<unknown>, 'lineOf'> & { readonly file: string; readonly nextStep: string },
): UnreadableError {
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
