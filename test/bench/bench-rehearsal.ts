import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Side by side, one after the other in one run, so that a slow minute of the machine slows both. Prints medians; asserts nothing.
const rounds = Number(process.argv[2] ?? 5)
const environment = 'sandbox'
const output = mkdtempSync(join(tmpdir(), 'bench-'))

const commands = {
  'cdk synth': ['npx', 'cdk', 'synth', '--quiet', '-c', `environment=${environment}`, '--output', output],
  'npm start': ['npm', 'start', '--silent', '--', environment],
} as const
const seconds = Object.fromEntries(Object.keys(commands).map((name) => [name, [] as number[]])) as Record<keyof typeof commands, number[]>

for (let round = 0; round < rounds; round += 1)
  for (const [name, [command, ...args]] of Object.entries(commands)) {
    const started = performance.now()
    execFileSync(command, args, { stdio: 'ignore' })
    seconds[name as keyof typeof commands].push((performance.now() - started) / 1000)
  }

const medians = Object.entries(seconds).map(([name, values]) => [name, median(values)] as const)
for (const [name, value] of medians) console.log(`${name.padEnd(10)} ${value.toFixed(1)} s  median of ${rounds}`)
const [synth, start] = medians.map(([, value]) => value)
console.log(`npm start takes ${((start ?? 0) / (synth ?? 1)).toFixed(2)} times as long as cdk synth`)

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
