import { UnreadableError } from '../assembly/unreadable-error.ts'
import { readJson } from './json-source.ts'
import { readYaml } from './yaml-source.ts'

/** The text of a template as plain data, and where each part of it stands. */
export interface Source {
  /** Name of the file, as shown to people. */
  readonly file: string
  readonly text: string
  /** Plain JSON data. Short tags of YAML stand in long form: `!Sub x` as `{ 'Fn::Sub': 'x' }`, `!GetAtt A.B` as `{ 'Fn::GetAtt': ['A', 'B'] }`. */
  readonly value: unknown
  /** Line, from 1, of the value at a path; that of the nearest ancestor where the path ends early. */
  lineOf(path: readonly (string | number)[]): number
  /** Keys that stand twice in one map, with the line of the later one, which counts; the first hundred of a text. */
  readonly repeated: readonly { readonly path: readonly string[]; readonly line: number }[]
}

/** A text to read, and how its reader refuses it. Positions count from 0, in UTF-16 units. */
export interface TemplateText {
  readonly text: string
  /** Most levels of maps and lists in one another. */
  readonly deepest: number
  /** The error to throw: what is wrong at a position, and the next step; both without the mark at the end of `what`. */
  refuse(at: number, what: string, nextStep: string): UnreadableError
  /** The error to throw where the nesting passes `deepest`. */
  tooDeep(at: number): UnreadableError
}

/** Where a value stands, and where its parts do: that of an entry of a map is where its key stands. */
export interface Place {
  readonly at: number
  readonly parts?: ReadonlyMap<string, Place> | readonly Place[]
}

/** A key that stands a second time in its map. */
export interface Repeat {
  readonly path: readonly string[]
  readonly at: number
}

/** What the reader of one format finds in a text. */
export interface Reading {
  readonly value: unknown
  readonly repeated: readonly Repeat[]
  places(): Place
}

/**
 * Bytes of the largest text that is read. CloudFormation takes 1 MB from Amazon S3 (API reference, ValidateTemplate, TemplateURL); templates that
 * tools still shorten before deployment may be larger.
 */
const largest = 8 * 1024 * 1024
/** Larger ones are JSON that a tool wrote: reading them once more as YAML would only take long. */
const largestInBraces = 1024 * 1024
/** Far more levels than a template has, and few enough for readers that call themselves once a level. */
const deepest = 200

/** @throws {@link UnreadableError} whose message is `file:line: what is wrong. next step` */
export function readSource(text: string, file: string): Source {
  if (text.length > largest || Buffer.byteLength(text) > largest)
    throw new UnreadableError(
      `${file}:1: the text is larger than 8 MiB, and CloudFormation takes a template of 1 MB. Split it into nested stacks, or name another file`,
    )
  const source = templateText(text.startsWith('\uFEFF') ? text.slice(1) : text, file)
  const { value, places, repeated } = readEither(source)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw source.refuse(0, `a template is a map with a key Resources, and this is ${kindOf(value)}`, 'Name the file of a template')
  const lineAt = lineFinder(source.text)
  return {
    file,
    text,
    value,
    lineOf: (path) => lineAt(positionAt(places(), path)),
    repeated: repeated.map(({ path, at }) => ({ path, line: lineAt(at) })),
  }
}

/** JSON where the text begins like it, unless it is YAML's map in braces, of a size that somebody wrote by hand; YAML else. */
function readEither(source: TemplateText): Reading {
  if (source.text.trim() === '') throw source.refuse(0, 'the text is empty', 'Name the file of a template')
  if (!source.text.trimStart().startsWith('{')) return readYaml(source)
  try {
    return readJson(source)
  } catch (broken) {
    if (source.text.length > largestInBraces) throw broken
    try {
      return readYaml(source)
    } catch {
      throw broken
    }
  }
}

/** A text with the refusals that name its file and the line. */
function templateText(text: string, file: string): TemplateText {
  const refuse = (at: number, what: string, nextStep: string) =>
    new UnreadableError(`${file}:${lineFinder(text)(at)}: ${what}. ${nextStep}`)
  return {
    text,
    deepest,
    refuse,
    tooDeep: (at) => refuse(at, `maps and lists are nested deeper than ${deepest} levels`, 'Flatten the template from this line on'),
  }
}

/** Lines of positions. The index of the line ends is made when a line is first asked for. */
function lineFinder(text: string): (at: number) => number {
  let ends: number[] | undefined
  return (at) => {
    ends ??= lineEnds(text)
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] as number) < at) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}

function lineEnds(text: string): number[] {
  const ends: number[] = []
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) ends.push(at)
  return ends
}

/** Position of the deepest part of a path that the text has. */
function positionAt(root: Place, path: readonly (string | number)[]): number {
  let place = root
  for (const key of path) {
    const { parts } = place
    const part = parts instanceof Map ? parts.get(String(key)) : (parts as readonly Place[] | undefined)?.[Number(key)]
    if (part === undefined) break
    place = part
  }
  return place.at
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'a list' : value === null ? 'empty' : `a ${typeof value}`)
