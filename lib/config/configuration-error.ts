/** One thing wrong with a configuration: where, what stands there, and what to write instead. */
export interface ConfigurationProblem {
  /** Path of the field, `accounts.audit`; empty for the configuration as a whole. */
  readonly field: string
  /** What stands there now, as JSON; undefined when nothing does. */
  readonly value: string | undefined
  /** What is wrong and the next step, one or two sentences. */
  readonly remedy: string
}

/** A configuration that cannot be used. Nothing has been written when it is thrown; the command line ends with exit code 2. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly problems: readonly ConfigurationProblem[]

  constructor(subject: string, problems: readonly ConfigurationProblem[]) {
    super([`${subject} cannot be used:`, ...problems.map(describe)].join('\n'))
    this.problems = problems
  }
}

const describe = ({ field, value, remedy }: ConfigurationProblem): string =>
  `  ${field === '' ? '(whole)' : field}${value === undefined ? '' : ` is ${value}`}: ${remedy}`
