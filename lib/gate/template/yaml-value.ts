import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import type { Place, Reading, Repeat, TemplateText } from './source.ts'
import { yamlLibrary } from './yaml-library.ts'

/** A converted node. An alias shares all of it with its anchor. */
interface Part extends Place {
  readonly value: unknown
  readonly parts?: ReadonlyMap<string, Part> | readonly Part[]
  /** Levels of maps and lists in it. */
  readonly levels: number
  /** Characters and parts in it, with its aliases written out. */
  readonly weight: number
}

/** The conversion of one text. */
interface Conversion extends TemplateText {
  /** Parts by anchor; undefined while the part itself is being converted. */
  readonly anchors: Map<string, Part | undefined>
  readonly repeated: Repeat[]
  /** Weight of all aliases so far. */
  copied: number
}

/** The way from a part up to the root. */
interface Trail {
  readonly key: string
  readonly depth: number
  readonly above: Trail | undefined
}

const mostRepeats = 100
/** CloudFormation takes a template of 1 MB; aliases that write out to more would never be deployed, and can grow without bound. */
const mostCopied = 1024 * 1024
const core = 'tag:yaml.org,2002:'
const contentTags: readonly string[] = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => core + name)

/** Data of the root node of a YAML document, whose nesting is in bounds. @throws what `refuse` makes. */
export function dataOf(root: Node | null, source: TemplateText): Reading {
  const conversion: Conversion = { ...source, anchors: new Map(), repeated: [], copied: 0 }
  const part = partOf(root, root?.range?.[0] ?? 0, undefined, conversion)
  return { value: part.value, repeated: conversion.repeated, places: () => part }
}

function partOf(node: Node | null, at: number, trail: Trail | undefined, conversion: Conversion): Part {
  if (yamlLibrary().isAlias(node)) return aliased(node, at, trail, conversion)
  const anchor = (node as Scalar | null)?.anchor
  if (anchor !== undefined) conversion.anchors.set(anchor, undefined)
  const name = functionOf(node, at, conversion)
  const part = name === undefined ? contentOf(node, at, trail, conversion) : callOf(name, node as Node, at, trail, conversion)
  if (anchor !== undefined) conversion.anchors.set(anchor, part)
  return part
}

function aliased({ source, range }: Alias, at: number, trail: Trail | undefined, conversion: Conversion): Part {
  const { anchors, refuse } = conversion
  const here = range?.[0] ?? at
  const part = anchors.get(source)
  if (part === undefined) {
    const what = anchors.has(source) ? 'refers to the part that it stands in' : 'has no anchor before it'
    throw refuse(here, `the alias *${source} ${what}`, 'Write the value in its place')
  }
  conversion.copied += part.weight
  if (conversion.copied > mostCopied) throw refuse(here, 'the aliases written out are larger than 1 MB', 'Write the values in their places')
  boundNesting(trail, part.levels, here, conversion)
  return { ...part, at }
}

/** Name of the function that a short tag stands for; undefined where the node is no call. */
function functionOf(node: Node | null, at: number, { refuse }: Conversion): string | undefined {
  const tag = node?.tag
  if (tag === undefined || tag === '!' || contentTags.includes(tag)) return undefined
  if (!tag.startsWith('!')) throw refuse(at, `CloudFormation knows no tag ${tag.replace(core, '!!')}`, 'Remove the tag')
  const name = tag.slice(1)
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::') ? name : `Fn::${name}`
}

/** `!Name argument` as `{ Name: argument }`. A scalar argument is text, also where it looks like a number. */
function callOf(name: string, node: Node, at: number, trail: Trail | undefined, conversion: Conversion): Part {
  boundNesting(trail, 1, at, conversion)
  const inner = below(trail, name)
  const here = positionOf(node, conversion)
  const argument = yamlLibrary().isScalar(node) ? textArgument(name, sourceOf(node), here) : contentOf(node, here, inner, conversion)
  boundNesting(inner, argument.levels, here, conversion)
  return mapPart(new Map([[name, argument]]), at)
}

/** `!GetAtt A.B.C` names the attribute `B.C` of `A` (Template reference, Fn::GetAtt). */
function textArgument(name: string, text: string, at: number): Part {
  if (name !== 'Fn::GetAtt') return scalarPart(text, at)
  const dot = text.indexOf('.')
  const names = dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
  return listPart(
    names.map((part) => scalarPart(part, at)),
    at,
  )
}

function contentOf(node: Node | null, at: number, trail: Trail | undefined, conversion: Conversion): Part {
  if (yamlLibrary().isMap(node) || yamlLibrary().isSeq(node)) boundNesting(trail, 1, at, conversion)
  if (yamlLibrary().isMap(node)) return mapOf(node as YAMLMap<Node, Node | null>, at, trail, conversion)
  if (yamlLibrary().isSeq(node)) return listOf(node as YAMLSeq<Node | null>, at, trail, conversion)
  return scalarPart(yamlLibrary().isScalar(node) ? scalarValue(node) : null, at)
}

function listOf({ items }: YAMLSeq<Node | null>, at: number, trail: Trail | undefined, conversion: Conversion): Part {
  const parts = items.map((item, index) =>
    partOf(item, item === null ? at : positionOf(item, conversion), below(trail, String(index)), conversion),
  )
  return listPart(parts, at)
}

function mapOf({ items }: YAMLMap<Node, Node | null>, at: number, trail: Trail | undefined, conversion: Conversion): Part {
  const entries = new Map<string, Part>()
  const merged: ReadonlyMap<string, Part>[] = []
  for (const pair of items) {
    const here = pair.key?.range?.[0] ?? at
    const key = keyOf(pair, here, conversion)
    const inner = below(trail, key)
    const part = partOf(pair.value, here, inner, conversion)
    if (isMerge(pair.key)) merged.push(...mergedMaps(part, here, conversion))
    else {
      if (entries.has(key) && conversion.repeated.length < mostRepeats) conversion.repeated.push({ path: pathOf(inner), at: here })
      entries.set(key, part)
    }
  }
  // Keys of the map itself come before merged ones, and of these the first (YAML, Merge Key Language-Independent Type).
  for (const map of merged) for (const [key, entry] of map) if (!entries.has(key)) entries.set(key, entry)
  return mapPart(entries, at)
}

/** Keys are text, also where they look like numbers. */
function keyOf({ key }: Pair<Node, Node | null>, at: number, { anchors, refuse }: Conversion): string {
  if (key === null) return ''
  const value = yamlLibrary().isAlias(key)
    ? anchors.get(key.source)?.value
    : yamlLibrary().isScalar(key) && (!key.tag || contentTags.includes(key.tag))
      ? sourceOf(key)
      : undefined
  if (value === undefined || typeof value === 'object')
    throw refuse(at, 'a key of a map must be plain text', 'Write the key as text, without a tag')
  if (yamlLibrary().isScalar(key) && key.anchor !== undefined) anchors.set(key.anchor, scalarPart(value, at))
  return String(value)
}

const isMerge = (key: Node | null): boolean => yamlLibrary().isScalar(key) && key.source === '<<' && key.type === 'PLAIN'

function mergedMaps(part: Part, at: number, { refuse }: Conversion): ReadonlyMap<string, Part>[] {
  const maps = (Array.isArray(part.parts) ? (part.parts as readonly Part[]) : [part]).map(({ parts }) => parts)
  if (!maps.every((map) => map instanceof Map))
    throw refuse(at, 'the merge key << takes a map or a list of maps', 'Write the keys in its place')
  return maps
}

const scalarPart = (value: unknown, at: number): Part => ({ at, value, levels: 0, weight: 1 + String(value).length })

function listPart(parts: readonly Part[], at: number): Part {
  const levels = parts.reduce((most, part) => Math.max(most, part.levels), 0)
  const weight = parts.reduce((sum, part) => sum + part.weight, 1)
  return { at, parts, value: parts.map(({ value }) => value), levels: levels + 1, weight }
}

function mapPart(parts: ReadonlyMap<string, Part>, at: number): Part {
  const entries: [string, unknown][] = []
  let [levels, weight] = [0, 1]
  for (const [key, part] of parts) {
    entries.push([key, part.value])
    levels = Math.max(levels, part.levels)
    weight += part.weight + key.length
  }
  return { at, parts, value: Object.fromEntries(entries), levels: levels + 1, weight }
}

const below = (above: Trail | undefined, key: string): Trail => ({ key, depth: depthOf(above) + 1, above })

/** @throws what `tooDeep` makes, where so many levels at the end of a way pass the bound. */
function boundNesting(trail: Trail | undefined, levels: number, at: number, { deepest, tooDeep }: Conversion): void {
  if (depthOf(trail) + levels > deepest) throw tooDeep(at)
}

const depthOf = (trail: Trail | undefined): number => trail?.depth ?? 0

function pathOf(trail: Trail): string[] {
  const keys: string[] = []
  for (let step: Trail | undefined = trail; step !== undefined; step = step.above) keys.unshift(step.key)
  return keys
}

/** Where a node begins, its tag included, which the library leaves out of a node's range. */
function positionOf(node: Node, { text }: TemplateText): number {
  const at = node.range?.[0] ?? 0
  if (!node.tag?.startsWith('!')) return at
  const before = Math.max(0, at - 500)
  const tag = text.slice(before, at).lastIndexOf(node.tag)
  return tag === -1 ? at : before + tag
}

const sourceOf = (node: Scalar): string => node.source ?? String(node.value)

function scalarValue(node: Scalar): unknown {
  const text = sourceOf(node)
  if (node.tag === undefined) return node.type === 'PLAIN' ? plainValue(text) : text
  return node.tag === '!' || node.tag === `${core}str` ? text : plainValue(text)
}

const nulls = /^(?:~|null|Null|NULL|)$/
const trues = /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/
const falses = /^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/

/**
 * What an unquoted scalar means: booleans and null as in YAML 1.1; a number only where it prints back the same, so that account ids with a leading
 * zero, versions and times stay text.
 */
function plainValue(text: string): unknown {
  if (nulls.test(text)) return null
  if (trues.test(text)) return true
  if (falses.test(text)) return false
  const number = /^-?\d/.test(text) && text.length <= 25 ? Number(text) : Number.NaN
  return Number.isFinite(number) && String(number) === text ? number : text
}
