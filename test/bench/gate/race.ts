import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { median } from '../median.ts'
import type { Contender } from './contender.ts'
import { type Measurement, measurementOf, type Result } from './measurement.ts'

/** What one tool came to. */
export interface Placing {
  readonly contender: Contender
  /** How many of the templates it judged. */
  readonly judged: number
  /** Milliseconds a template in a process that goes on; undefined for a tool that is only a command. */
  readonly warm: number | undefined
  /** Milliseconds a template as a command, start-up taken off. */
  readonly difference: number | undefined
  readonly tiny: Result | undefined
  readonly all: Result | undefined
}

export interface RaceOptions {
  /** File of the template of one resource. */
  readonly tiny: string
  readonly templates: readonly string[]
  readonly rounds: number
  /** Seconds after which a run is stopped. */
  readonly limit: number
  /** A folder to write into. */
  readonly folder: string
}

/** Has every tool judge the templates, tool after tool and round after round, so that a slow minute of the machine slows all of them. */
export async function race(contenders: readonly Contender[], options: RaceOptions): Promise<Placing[]> {
  const entries = contenders.map((contender) => entryOf(contender, options))
  for (let round = 0; round < options.rounds; round += 1)
    for (const { tiny, all } of entries) {
      await tiny.again()
      await all.again()
    }
  return entries.map((entry) => placingOf(entry, options))
}

interface Entry {
  readonly contender: Contender
  readonly readable: readonly string[]
  readonly tiny: Measurement
  readonly all: Measurement
}

function entryOf(contender: Contender, { tiny, templates, limit }: RaceOptions): Entry {
  const readable = contender.readable(templates)
  if (readable.length === 0) throw new Error(`${contender.name} can read none of the templates. Leave it out: --skip '${contender.name}'`)
  return {
    contender,
    readable,
    tiny: measurementOf(contender.command([tiny]), limit),
    all: measurementOf(contender.command(readable), limit),
  }
}

function placingOf({ contender, readable, tiny, all }: Entry, options: RaceOptions): Placing {
  const [tinyResult, allResult] = [tiny.result(), all.result()]
  return {
    contender,
    judged: readable.length,
    warm: contender.inProcess ? warmOf(contender, readable, options) : undefined,
    difference: tinyResult && allResult && (allResult.milliseconds - tinyResult.milliseconds) / readable.length,
    tiny: tinyResult,
    all: allResult,
  }
}

function warmOf({ name }: Contender, readable: readonly string[], { rounds, folder }: RaceOptions): number {
  const list = join(folder, 'list.json')
  writeFileSync(list, JSON.stringify(readable))
  const output = execFileSync(process.execPath, ['--import', 'tsx', 'test/bench/gate/warm.ts', name, String(rounds), list], {
    env: { ...process.env, CDK_VALIDATION: 'false' },
  })
  return median(JSON.parse(output.toString()) as number[])
}
