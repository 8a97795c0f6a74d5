import type { Mutant } from './mutants.ts'

/** Mutants that may survive, and why they do not matter. */
export interface Harmless {
  /** Resource types. */
  readonly types: RegExp
  /** Paths inside the resource. */
  readonly paths: RegExp
  readonly because: string
}

/** Every reason for which a mutant may survive; one that no survivor needs is stale and fails the run. */
export const harmless: readonly Harmless[] = [
  {
    types: /./,
    paths: /^Properties\.(Description|AlarmDescription|GroupDescription)$/,
    because: 'Words for people in the console; nothing is decided by them.',
  },
]

/** The reason why a surviving mutant does not matter; undefined when it does. */
export const reasonFor = ({ type, path }: Mutant): Harmless | undefined =>
  harmless.find(({ types, paths }) => types.test(type) && paths.test(path))
