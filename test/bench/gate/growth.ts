import { join } from 'node:path'
import { type WrittenAssembly, writeAssembly } from './assembly.ts'
import type { Contender } from './contender.ts'
import { type Measurement, measurementOf, type Result } from './measurement.ts'

/** Resources of the assemblies that are judged. */
export const sizes = [1000, 2500, 5000, 10_000] as const

/** What a tool needs for each of the sizes; undefined where it had to be stopped or was spared. */
export interface Growth {
  readonly contender: Contender
  readonly results: readonly (Result | undefined)[]
}

/**
 * Has every tool judge assemblies that grow.
 * @param limit seconds after which a run is stopped; a tool that was stopped is spared the larger ones
 */
export async function growthOf(contenders: readonly Contender[], rounds: number, limit: number, folder: string): Promise<Growth[]> {
  const rows = contenders.map((contender) => ({ contender, results: [] as (Result | undefined)[] }))
  for (const size of sizes) {
    console.error(`Judging ${size} resources.`)
    const assembly = writeAssembly(join(folder, `assembly-${size}`), size)
    const running = rows.filter(({ results }) => !results.includes(undefined))
    const measurements = running.map(({ contender }) => measurementOf(commandFor(contender, assembly), limit))
    await runAll(measurements, rounds)
    for (const row of rows) row.results.push(measurements[running.indexOf(row)]?.result())
  }
  return rows
}

const commandFor = (contender: Contender, { folder, templates }: WrittenAssembly) =>
  contender.assemblyCommand?.(folder) ?? contender.command(templates)

async function runAll(measurements: readonly Measurement[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) for (const measurement of measurements) await measurement.again()
}
