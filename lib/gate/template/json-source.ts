import { scanJson } from './json-places.ts'
import type { Reading, TemplateText } from './source.ts'

// Findings are made template after template, so the positions of one text at a time suffice: those of all would take ten times their texts.
let latest: { readonly source: TemplateText; readonly scan: ReturnType<typeof scanJson> } | undefined

function scanOf(source: TemplateText): ReturnType<typeof scanJson> {
  if (latest?.source !== source) latest = { source, scan: scanJson(source) }
  return latest.scan
}

/**
 * Reads JSON. Positions are looked up only when one is asked for, or when a key seems to stand twice: each template is read, few lines are shown.
 *
 * @throws what `refuse` makes, where the text is broken or nested too deep.
 */
export function readJson(source: TemplateText): Reading {
  const keysOfText = countKeys(source)
  const value = parse(source)
  // JSON.parse keeps the last of two equal keys, so the data then has fewer keys than the text has colons.
  const repeated = keysOfText === keysOf(value) ? [] : scanOf(source).repeated
  return { value, repeated, places: () => scanOf(source).places }
}

function parse(source: TemplateText): unknown {
  try {
    return JSON.parse(source.text)
  } catch {
    // The messages of JSON.parse often name no position: the scan stops where the text breaks, and says what belongs there.
    scanJson(source)
    throw source.refuse(0, 'the text is broken JSON', 'Correct the JSON')
  }
}

/** Colons outside strings. Also keeps the nesting in bounds before anything else reads the text; the text may be broken. */
function countKeys({ text, deepest, tooDeep }: TemplateText): number {
  let depth = 0
  let keys = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === 0x22) at = closingQuote(text, at)
    else if (sign === 0x3a) keys++
    else if (sign === 0x7b || sign === 0x5b) {
      if (++depth > deepest) throw tooDeep(at)
    } else if (sign === 0x7d || sign === 0x5d) depth--
  }
  return keys
}

/** Position of the quote that closes a string; the end of the text where none does. */
function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++
    if (backslashes % 2 === 0) return at
  }
  return text.length
}

/** Keys of all maps of a value whose nesting is in bounds. */
function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const parts = Object.values(value)
  let keys = Array.isArray(value) ? 0 : parts.length
  for (const part of parts) keys += keysOf(part)
  return keys
}
