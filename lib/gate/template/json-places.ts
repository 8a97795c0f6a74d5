import type { Place, Repeat, TemplateText } from './source.ts'

/** The scan of one text. */
interface Scan {
  readonly text: string
  /** Position of the next sign to look at. */
  at: number
  readonly repeated: Repeat[]
  /** Keys and indexes on the way to the part that is being read. */
  readonly path: string[]
  /** The error to throw where something else belongs at a position. */
  broken(at: number, what: string): Error
}

const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const escaped = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
const mostRepeats = 100

/**
 * Positions of all parts of a JSON text, and the keys that stand twice, in one pass (RFC 8259). It calls itself once a level: the nesting of the
 * text must be in bounds.
 *
 * @throws what `refuse` makes at the first sign that is no JSON.
 */
export function scanJson({ text, refuse }: TemplateText): { readonly places: Place; readonly repeated: readonly Repeat[] } {
  const broken = (at: number, what: string) => refuse(at, `the JSON is broken: ${what}`, `Correct it near ${excerpt(text, at)}`)
  const scan: Scan = { text, at: 0, repeated: [], path: [], broken }
  const places = placeOf(scan, skipSpace(scan))
  if (skipSpace(scan) < text.length) throw broken(scan.at, 'the template ends before this')
  return { places, repeated: scan.repeated }
}

/** Reads a value; its place is where it begins, or where its key does. */
function placeOf(scan: Scan, at: number): Place {
  const sign = scan.text[scan.at]
  if (sign === '{') return { at, parts: entriesOf(scan) }
  if (sign === '[') return { at, parts: itemsOf(scan) }
  const end = sign === '"' ? stringEnd(scan) : endOf(literal, scan.text, scan.at)
  if (end === scan.at) throw scan.broken(end, 'a value belongs here')
  scan.at = end
  return { at }
}

function entriesOf(scan: Scan): Map<string, Place> {
  const parts = new Map<string, Place>()
  scan.at++
  if (isNext(scan, '}')) return parts
  do {
    const at = skipSpace(scan)
    const key = keyOf(scan)
    scan.path.push(key)
    if (parts.has(key) && scan.repeated.length < mostRepeats) scan.repeated.push({ path: [...scan.path], at })
    if (!isNext(scan, ':')) throw scan.broken(scan.at, 'a colon belongs after the key')
    skipSpace(scan)
    parts.set(key, placeOf(scan, at))
    scan.path.pop()
  } while (isNext(scan, ','))
  if (!isNext(scan, '}')) throw scan.broken(scan.at, 'a comma or the closing } belongs here')
  return parts
}

function itemsOf(scan: Scan): Place[] {
  const parts: Place[] = []
  scan.at++
  if (isNext(scan, ']')) return parts
  do {
    scan.path.push(String(parts.length))
    parts.push(placeOf(scan, skipSpace(scan)))
    scan.path.pop()
  } while (isNext(scan, ','))
  if (!isNext(scan, ']')) throw scan.broken(scan.at, 'a comma or the closing ] belongs here')
  return parts
}

/** Whether a sign is the next one that is no space; passes it then. */
function isNext(scan: Scan, sign: string): boolean {
  if (scan.text[skipSpace(scan)] !== sign) return false
  scan.at++
  return true
}

function keyOf(scan: Scan): string {
  const start = scan.at
  if (scan.text[start] !== '"') throw scan.broken(start, 'a key in double quotes belongs here')
  scan.at = stringEnd(scan)
  const key = scan.text.slice(start + 1, scan.at - 1)
  return key.includes('\\') ? JSON.parse(scan.text.slice(start, scan.at)) : key
}

/** Position behind the string that begins at the next sign. */
function stringEnd({ text, at: start, broken }: Scan): number {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === 0x22) return at + 1
    if (sign < 0x20) throw broken(at, 'a string ends on its own line, and holds a tab or a line end only as \\t or \\n')
    if (sign !== 0x5c) continue
    const end = endOf(escaped, text, at)
    if (end === at) throw broken(at, 'a backslash in a string stands only before one of "\\/bfnrt or u and four digits')
    at = end - 1
  }
  throw broken(start, 'this string has no closing quote')
}

/** Passes spaces. @returns the position of the next sign */
function skipSpace(scan: Scan): number {
  const { text } = scan
  let { at } = scan
  for (let sign = text.charCodeAt(at); sign === 0x20 || sign === 0x0a || sign === 0x0d || sign === 0x09; sign = text.charCodeAt(at)) at++
  scan.at = at
  return at
}

/** Position behind a pattern that stands at a position; the same position where it does not. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

function excerpt(text: string, at: number): string {
  const rest = text
    .slice(at, at + 40)
    .split(/[\r\n]/, 1)[0]
    ?.trim()
  return rest ? `\`${rest}\`` : at >= text.length ? 'the end of the text' : 'the end of the line'
}
