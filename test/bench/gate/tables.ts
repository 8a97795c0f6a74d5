import type { Contender } from './contender.ts'
import { type Growth, sizes } from './growth.ts'
import type { Result } from './measurement.ts'
import type { Placing } from './race.ts'

const none = '-'

/** The tools side by side. */
export const placingsTable = (placings: readonly Placing[], templates: number): object =>
  Object.fromEntries(
    placings.map(({ contender, judged, warm, difference, tiny, all }) => [
      contender.name,
      {
        judged: `${judged} of ${templates}`,
        'warm in process, ms a template': rounded(warm),
        'warm as a command, ms a template': rounded(difference),
        'start-up, s': seconds(tiny),
        'peak memory, MB': all?.megabytes === undefined ? none : Math.round(all.megabytes),
        runs: all?.runs ?? 'stopped',
      },
    ]),
  )

/** Time and memory for assemblies that grow. */
export const growthTable = (rows: readonly Growth[], placings: readonly Placing[]): object =>
  Object.fromEntries(
    rows.map(({ contender, results }) => [
      contender.name,
      {
        ...Object.fromEntries(sizes.map((size, index) => [size.toLocaleString('en'), cell(results[index])])),
        [`times from ${sizes[0]} to ${sizes.at(-1)}`]: timesOf(results, startUpOf(contender, placings)),
      },
    ]),
  )

/**
 * How many times faster the gate is than the fastest of the others: start-up taken off on both sides.
 * @returns a sentence; undefined when there is nothing to compare
 */
export function comparison(placings: readonly Placing[], name: string): string | undefined {
  const ours = placings.find(({ contender }) => contender.name === name)?.difference
  const others = placings.filter(({ contender, difference, judged }) => contender.name !== name && difference !== undefined && judged > 0)
  const [fastest] = others.sort((one, other) => (one.difference ?? 0) - (other.difference ?? 0))
  if (ours === undefined || fastest?.difference === undefined) return undefined
  return `As a command, start-up taken off, ${name} is ${(fastest.difference / ours).toFixed(1)} times as fast as the fastest of the others, ${fastest.contender.name}.`
}

const rounded = (value: number | undefined): number | string => (value === undefined ? none : Number(value.toFixed(value < 10 ? 2 : 0)))

const seconds = (result: Result | undefined): number | string =>
  result === undefined ? none : Number((result.milliseconds / 1000).toFixed(2))

const cell = (result: Result | undefined): string =>
  result === undefined
    ? 'stopped'
    : `${(result.milliseconds / 1000).toFixed(1)} s, ${result.megabytes === undefined ? none : Math.round(result.megabytes)} MB`

const startUpOf = (contender: Contender, placings: readonly Placing[]): number =>
  placings.find((placing) => placing.contender === contender)?.tiny?.milliseconds ?? 0

// Ten times the resources in ten times the time is linear growth.
function timesOf(results: readonly (Result | undefined)[], startUp: number): number | string {
  const [first, last] = [results[0], results.at(-1)]
  return first === undefined || last === undefined
    ? none
    : Number(((last.milliseconds - startUp) / (first.milliseconds - startUp)).toFixed(1))
}
