import type { Command } from './measured-run.ts'

/** One of the tools that are compared. */
export interface Contender {
  readonly name: string
  readonly version: string
  /** What it judges by. */
  readonly rules: string
  /** The command that judges templates, and writes what it found as JSON. */
  command(templates: readonly string[]): Command
  /** The command that judges a cloud assembly; without one it is given the templates of the assembly. */
  assemblyCommand?(folder: string): Command
  /** Those of the templates that it can read, from a run that is not timed. */
  readable(templates: readonly string[]): readonly string[]
  /** Whether it can be called in a process that goes on: warm.ts. */
  readonly inProcess: boolean
}

/** Judges one template in this process. */
export type JudgeOne = (template: string) => void
