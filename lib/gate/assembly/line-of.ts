import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** Line, counted from 1, where the value at a path of a JSON or YAML text begins; that of the nearest ancestor where the path ends early. */
export function lineOf(text: string, path: readonly (string | number)[]): number {
  const lines = new LineCounter()
  let node = parseDocument(text, { lineCounter: lines }).contents as Node | null
  let at = 0
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key)
      if (pair === undefined) break
      at = (pair.key as Node).range?.[0] ?? at
      node = pair.value as Node | null
    } else if (isSeq(node)) {
      node = (node.items[Number(key)] ?? null) as Node | null
      at = node?.range?.[0] ?? at
    } else break
  }
  return lines.linePos(at).line
}
