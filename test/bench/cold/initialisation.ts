import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How long a fresh process of a Node takes to import a file, in milliseconds: its reading, its compiling and what it does as it starts. */
export type Initialisation = (file: string, variables: Readonly<Record<string, string>>) => number

/** Measures with a small program, written into the folder; Node's own start is no part of the figure. */
export function initialisationOn(node: string, folder: string): Initialisation {
  const program = join(folder, 'time-import.mjs')
  writeFileSync(
    program,
    'const start = performance.now(); await import(process.argv[2]); console.log(performance.now() - start); process.exit(0)\n',
  )
  const anyAccount = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' }
  return (file, variables) => Number(execFileSync(node, [program, file], { env: { ...anyAccount, ...variables } }).toString())
}
