import type { Parameter, Remark } from './template.ts'

/** Resources with their loops unrolled. */
export interface Unrolled {
  readonly resources: Readonly<Record<string, unknown>>
  /** Loops whose list cannot be known, or that make too much. */
  readonly unseen: readonly Remark[]
  /** Where a resource that a loop makes stands in the source, by its logical id: `['Resources', 'Fn::ForEach::Topics', '2', 'Topic${Name}']`. */
  readonly places: ReadonlyMap<string, readonly string[]>
}

type Written = Readonly<Record<string, unknown>>

/** One run over the section. */
interface Run {
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly unseen: Remark[]
  readonly places: Map<string, readonly string[]>
  /** Entries that loops have made so far. */
  made: number
}

// A template holds at most 500 resources (AWS CloudFormation quotas). Loops inside of properties make more entries than that.
const mostEntries = 5000
const loopPrefix = 'Fn::ForEach::'

/**
 * Unrolls loops (`Fn::ForEach`) over the resources of a template and inside of them, where the list is written down or is the default of a list parameter
 * ("Fn::ForEach", CloudFormation Template Reference).
 */
export function expandLoops(resources: Written, parameters: ReadonlyMap<string, Parameter>): Unrolled {
  const run: Run = { parameters, unseen: [], places: new Map(), made: 0 }
  const expanded = hasLoop(resources) ? mapOf(resources, ['Resources'], run) : resources
  return { resources: expanded, unseen: run.unseen, places: run.places }
}

function hasLoop(written: unknown): boolean {
  if (typeof written !== 'object' || written === null) return false
  if (Array.isArray(written)) return written.some(hasLoop)
  for (const key in written) if (isLoop(key) || hasLoop((written as Written)[key])) return true
  return false
}

const isLoop = (key: string): boolean => key.startsWith(loopPrefix)

function mapOf(map: Written, path: readonly string[], run: Run): Written {
  const entries: [string, unknown][] = []
  for (const [key, value] of Object.entries(map)) {
    if (isLoop(key)) entries.push(...Object.entries(loopOf(value, [...path, key], run)))
    else entries.push([key, partOf(value, [...path, key], run)])
  }
  return Object.fromEntries(entries)
}

function partOf(value: unknown, path: readonly string[], run: Run): unknown {
  if (Array.isArray(value)) return value.map((part: unknown, index) => partOf(part, [...path, String(index)], run))
  return isRecord(value) ? mapOf(value, path, run) : value
}

function loopOf(loop: unknown, path: readonly string[], run: Run): Written {
  const [identifier, collection, body] = Array.isArray(loop) ? (loop as unknown[]) : []
  const name = path.at(-1) ?? ''
  if (typeof identifier !== 'string' || !isRecord(body))
    return unseen(run, path, `The loop ${name} is not an identifier, a list and a map.`)
  const items = itemsOf(collection, run.parameters)
  if (items === undefined) return unseen(run, path, `The loop ${name} runs over a list that only deployment knows.`)
  const made: Record<string, unknown> = {}
  for (const item of items) {
    for (const [key, value] of Object.entries(body)) {
      run.made += 1
      if (run.made > mostEntries) return unseen(run, path, `The loop ${name} makes more than ${mostEntries} entries.`)
      const filled = fill({ [key]: value }, identifier, item) as Written
      Object.assign(made, mapOf(filled, [...path, '2'], run))
      note(filled, key, path, run)
    }
  }
  return made
}

/** Notes where the resources of one turn stand; those of an inner loop are noted first, and keep their place below it. */
function note(filled: Written, key: string, path: readonly string[], { places }: Run): void {
  for (const logicalId of Object.keys(filled))
    if (!isLoop(logicalId) && path[1]?.startsWith(loopPrefix) === true) places.set(logicalId, [...path, '2', key])
}

function unseen(run: Run, path: readonly string[], message: string): Written {
  // A loop over a list that cannot be known stands in each turn of the loop around it: once is enough.
  if (!run.unseen.some((remark) => remark.message === message)) run.unseen.push({ path, message })
  return {}
}

/** Words that a collection runs over; undefined where they cannot be known. A list in a list counts with its words. */
function itemsOf(collection: unknown, parameters: ReadonlyMap<string, Parameter>): readonly string[] | undefined {
  if (typeof collection === 'string' || typeof collection === 'number') return [String(collection)]
  if (Array.isArray(collection)) {
    const items = (collection as unknown[]).map((part) => itemsOf(part, parameters))
    return items.some((item) => item === undefined) ? undefined : items.flatMap((item) => item ?? [])
  }
  const parameter = isRecord(collection) && typeof collection.Ref === 'string' ? parameters.get(collection.Ref) : undefined
  if (parameter?.default === undefined || parameter.type.startsWith('AWS::SSM::')) return undefined
  const text = String(parameter.default)
  if (parameter.type !== 'CommaDelimitedList' && !parameter.type.startsWith('List<')) return [text]
  return text === '' ? [] : text.split(',').map((part) => part.trim())
}

/** Writes an item in the place of the identifier, in keys and values. `&{Identifier}` takes only its letters and digits. */
function fill(value: unknown, identifier: string, item: string): unknown {
  if (typeof value === 'string') return fillText(value, identifier, item)
  if (Array.isArray(value)) return value.map((part: unknown) => fill(part, identifier, item))
  if (!isRecord(value)) return value
  const entries = Object.entries(value)
  if (entries.length === 1 && value.Ref === identifier) return item
  return Object.fromEntries(entries.map(([key, part]) => [fillText(key, identifier, item), fill(part, identifier, item)]))
}

const fillText = (text: string, identifier: string, item: string): string =>
  text.replaceAll(`\${${identifier}}`, item).replaceAll(`&{${identifier}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''))

const isRecord = (value: unknown): value is Written => typeof value === 'object' && value !== null && !Array.isArray(value)
