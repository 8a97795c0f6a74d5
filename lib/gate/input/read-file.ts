import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { UnreadableError } from '../assembly/unreadable-error.ts'

/** A file as it was read. */
export interface ReadFile {
  readonly text: string
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string
}

/** @throws UnreadableError naming the file and the cause */
export function readFile(path: string): ReadFile {
  try {
    const bytes = readFileSync(path)
    return { text: bytes.toString('utf8'), digest: digestOf(bytes) }
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new UnreadableError(
      missing
        ? `${path} does not exist. Name a file that does.`
        : `${path} cannot be read: ${(cause as Error).message}. Name a file that can.`,
      { cause },
    )
  }
}

/** SHA-256, in hexadecimal. */
export const digestOf = (bytes: Buffer | string): string => hash('sha256', bytes)
