import { median } from '../median.ts'
import { type Command, type MeasuredRun, measuredRun } from './measured-run.ts'

/** A measurement takes no further run once its runs have taken so many seconds: the slow tools would take all day. */
const patience = 60

/** One thing that is measured again and again. */
export interface Measurement {
  /** Runs the command once more, unless patience has run out. */
  again(): Promise<void>
  /** What the runs so far come to; undefined when one had to be stopped, or none was made. */
  result(): Result | undefined
}

/** Medians of some runs. */
export interface Result {
  readonly milliseconds: number
  readonly megabytes: number | undefined
  readonly runs: number
}

/** @param limit seconds after which a run is stopped */
export function measurementOf(command: Command, limit: number): Measurement {
  const runs: MeasuredRun[] = []
  return {
    again: async () => {
      const spent = runs.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000
      if (runs.length === 0 || spent < patience) runs.push(await measuredRun(command, limit))
    },
    result: () => (runs.length === 0 || runs.some(({ stopped }) => stopped) ? undefined : resultOf(runs)),
  }
}

function resultOf(runs: readonly MeasuredRun[]): Result {
  const megabytes = runs.flatMap((run) => run.megabytes ?? [])
  return {
    milliseconds: median(runs.map(({ milliseconds }) => milliseconds)),
    megabytes: megabytes.length === 0 ? undefined : median(megabytes),
    runs: runs.length,
  }
}
