import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

let digest: string | undefined

/** SHA-256 over the gate's own files, names and contents in order: two verdicts with the same digest were made by the same rules. */
export function rulesDigest(): string {
  digest ??= digestOfFiles()
  return digest
}

function digestOfFiles(): string {
  const folder = new URL('./', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(new URL(file, folder)))
      .update('\0')
  return hash.digest('hex')
}
