import { randomBytes } from 'node:crypto'
import { link, open, readFile, stat, unlink } from 'node:fs/promises'

/** A file of secrets that others on this machine could read. */
export class SecretFileError extends Error {
  override readonly name = 'SecretFileError'
  readonly code = 'SECRET_FILE'
}

/**
 * What a file of secrets holds; it is made when it is not there. Only the user who started the service may read it, and of two processes that make it at the
 * same moment both get the same one.
 * @throws SecretFileError when others may read the file
 */
export async function readOrMakeSecret(file: string, make: () => string | Promise<string>): Promise<string> {
  const known = await readSecret(file)
  if (known !== undefined) return known
  const draft = `${file}.${randomBytes(8).toString('hex')}`
  await writeDurably(draft, await make())
  try {
    // A link either makes the whole file or fails because there is one.
    await link(draft, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    await unlink(draft)
  }
  return readFile(file, 'utf8')
}

async function readSecret(file: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(file)
    // Windows keeps no such bits.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new SecretFileError(`${file} holds keys and others may read it. Run: chmod 600 ${file}`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
