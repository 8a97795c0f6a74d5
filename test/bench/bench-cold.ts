import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bundle, bundlesInto } from './cold/bundles.ts'
import { emptyHandlerOf } from './cold/empty-handler.ts'
import { initialisationOn } from './cold/initialisation.ts'
import { median } from './median.ts'
import { functionsNode } from './nodes.ts'

// How long each function's bundle takes to initialise in a fresh process, against an empty handler that imports and makes the same AWS clients: first
// the one, then the other, run after run, so that a slow moment of the machine slows both. Prints medians; asserts nothing.
const runs = 15
// The construct library's own template validator takes a second a synthesis, and judges nothing here.
process.env['CDK_VALIDATION'] = 'false'
const folder = mkdtempSync(join(tmpdir(), 'safe-harbor-cold-'))
const initialisation = initialisationOn(functionsNode, folder)

async function measured(bundle: Bundle): Promise<[string, object]> {
  const empty = await emptyHandlerOf(bundle, folder)
  const both = Array.from({ length: runs }, () => ({
    ours: initialisation(bundle.file, bundle.variables),
    theirs: initialisation(empty, bundle.variables),
  }))
  return [
    bundle.name,
    {
      'bundle, kB': Math.round(bundle.bytes / 1000),
      'initialisation, ms': rounded(median(both.map(({ ours }) => ours)), 1),
      'empty handler, ms': rounded(median(both.map(({ theirs }) => theirs)), 1),
      // Without a client the empty handler is nothing, and a quotient by it too.
      times: bundle.clients ? rounded(median(both.map(({ ours, theirs }) => ours / theirs)), 2) : 'no client',
    },
  ]
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

const rows = []
for (const bundle of await bundlesInto(folder)) rows.push(await measured(bundle))
const version = execFileSync(functionsNode, ['-v']).toString().trim()
console.log(`Initialisation in a fresh process of Node ${version}, medians of ${runs} runs and of their quotients.`)
console.table(Object.fromEntries(rows))
rmSync(folder, { recursive: true, force: true })
