import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from './measured-run.ts'

/** What a command prints as JSON, by way of a file: some print more than a pipe is given room for. Undefined when it is no JSON. */
export function outputOf({ file, args, environment }: Command): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'bench-gate-output-'))
  const output = join(folder, 'output.json')
  const descriptor = openSync(output, 'w')
  spawnSync(file, args, { stdio: ['ignore', descriptor, 'ignore'], env: { ...process.env, ...environment } })
  closeSync(descriptor)
  try {
    return JSON.parse(readFileSync(output, 'utf8'))
  } catch {
    return undefined
  } finally {
    rmSync(folder, { recursive: true })
  }
}
