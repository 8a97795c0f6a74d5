import type { Mutant } from './mutants.ts'

/** Mutants that may survive, and why they do not matter. */
export interface Harmless {
  /** Resource types. */
  readonly types: RegExp
  /** Paths inside the resource. */
  readonly paths: RegExp
  /** What was done. */
  readonly changes: RegExp
  readonly because: string
}

/** Every reason for which a mutant may survive. Each is needed in both environments: one that explains no survivor of an environment fails its run. */
export const harmless: readonly Harmless[] = [
  {
    types: /^AWS::Config::ConfigRule$/,
    paths: /^Properties\.Description$/,
    changes: /^set to another text$/,
    because: 'The wording of a rule for people in the console; that it is there, cites its section and fits is claimed.',
  },
]

/** The reason why a surviving mutant does not matter; undefined when it does. */
export const reasonFor = ({ type, path, change }: Mutant): Harmless | undefined =>
  harmless.find(({ types, paths, changes }) => types.test(type) && paths.test(path) && changes.test(change))
