import { existsSync, readFileSync } from 'node:fs'
import type { z } from 'zod'
import { UnreadableError } from './unreadable-error.ts'

/**
 * Reads a JSON file and checks it.
 * @throws UnreadableError naming the file when it is missing, no JSON, or not of the schema
 */
export function readJson<Schema extends z.ZodType>(file: string, schema: () => Schema, nextStep: string): z.output<Schema> {
  if (!existsSync(file)) throw new UnreadableError(`${file} does not exist. ${nextStep}`)
  const parsed = schema().safeParse(parse(file, nextStep))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UnreadableError(`${file} is not what it should be: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. ${nextStep}`)
}

function parse(file: string, nextStep: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (cause) {
    throw new UnreadableError(`${file} cannot be read as JSON: ${(cause as Error).message}. ${nextStep}`, { cause })
  }
}
