import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundling } from '../bundling.ts'
import type { Bundle } from './bundles.ts'

/** Bundles a handler that does nothing but import what a function imports of the AWS SDK, and make its clients; returns the file. */
export async function emptyHandlerOf({ name, sources }: Bundle, folder: string): Promise<string> {
  const imported = importsOf(sources)
  const all = [...imported.values()].flatMap((names) => [...names])
  const contents = [
    ...[...imported].map(([from, names]) => `import { ${[...names].join(', ')} } from '${from}'`),
    `const kept = [${all.map((each) => (each.endsWith('Client') ? `new ${each}({})` : each)).join(', ')}]`,
    'export const handler = async () => kept.length',
  ].join('\n')
  const outfile = join(folder, `${name}-empty.mjs`)
  await build({ ...bundling, stdin: { contents, resolveDir: process.cwd(), loader: 'ts' }, outfile })
  return outfile
}

/** Names imported from packages of the AWS SDK, by package; types, which are gone at run time, left out. */
function importsOf(sources: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const imported = new Map<string, Set<string>>()
  for (const path of sources)
    for (const [, list = '', from = ''] of readFileSync(path, 'utf8').matchAll(/^import \{([^}]*)\} from '(@aws-sdk\/[^']+)'/gm)) {
      const names = imported.get(from) ?? new Set()
      imported.set(from, names)
      for (const name of list.split(',').map((text) => text.trim())) if (name !== '' && !name.startsWith('type ')) names.add(name)
    }
  return imported
}
