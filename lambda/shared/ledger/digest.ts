import { createHash } from 'node:crypto'

/** What goes into a digest: text, or a list of text. */
export type Digested = string | readonly string[]

/**
 * SHA-256 (FIPS 180-4) over an encoding that no two different inputs share, as 64 lower-case hexadecimal digits.
 *
 * A text is its length in bytes as four bytes, most significant first, then its bytes in UTF-8 (RFC 3629). A list is its length as four bytes, then its texts.
 * The input is the label as a text, then the parts in order. A label stands for one order and kind of parts, and is never used for another.
 */
export const digest = (label: string, parts: readonly Digested[]): string =>
  createHash('sha256')
    .update(Buffer.concat([label, ...parts].flatMap(encoded)))
    .digest('hex')

function encoded(part: Digested): Buffer[] {
  if (typeof part !== 'string') return [fourBytes(part.length), ...part.flatMap(encoded)]
  const bytes = Buffer.from(part, 'utf8')
  return [fourBytes(bytes.length), bytes]
}

function fourBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value)
  return bytes
}
