import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml'

/** Line, from 1, of what stands at a path of a YAML document: that of its key in a map; of the nearest part above where the path ends early. */
export function lineAt({ contents }: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node = contents as Node | null
  let at = node?.range?.[0] ?? 0
  for (const step of path) {
    const below = stepInto(node, step)
    if (below === undefined) break
    at = below.at
    node = below.node
  }
  return lines.linePos(at).line
}

function stepInto(node: Node | null, step: PropertyKey): { readonly node: Node | null; readonly at: number } | undefined {
  if (isSeq<Node>(node)) {
    const item = node.items[Number(step)]
    return item === undefined ? undefined : { node: item, at: item.range?.[0] ?? 0 }
  }
  const pair = isMap<Node, Node | null>(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined
  return pair === undefined ? undefined : { node: pair.value, at: pair.key.range?.[0] ?? 0 }
}
