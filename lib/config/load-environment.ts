import type { z } from 'zod'
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts'
import { environments } from './environments/index.ts'
import { type EnvironmentConfig, environmentSchema } from './schema.ts'

/**
 * The checked configuration of a named environment.
 * @throws ConfigurationError when there is no such environment or its configuration breaks the schema.
 */
export function loadEnvironment(name: string): EnvironmentConfig {
  const candidate: unknown = Object.hasOwn(environments, name) ? environments[name] : undefined
  if (candidate === undefined) {
    const known = Object.keys(environments).join(', ')
    throw new ConfigurationError(`Environment "${name}"`, [
      {
        field: 'environment',
        value: JSON.stringify(name),
        remedy: `is not defined. Choose one of ${known}, or add it in lib/config/environments/.`,
      },
    ])
  }
  const config = parseEnvironment(candidate, name)
  if (config.name !== name)
    throw new ConfigurationError(`Environment "${name}"`, [
      {
        field: 'name',
        value: JSON.stringify(config.name),
        remedy: `is not the name of its row in lib/config/environments/index.ts. Write "${name}".`,
      },
    ])
  return config
}

/**
 * Checks one configuration.
 * @throws ConfigurationError naming every field that is wrong, its value and the remedy.
 */
export function parseEnvironment(candidate: unknown, name: string): EnvironmentConfig {
  const parsed = environmentSchema.safeParse(candidate, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new ConfigurationError(`Environment "${name}"`, parsed.error.issues.flatMap(problemsOf))
}

function problemsOf(issue: z.core.$ZodIssue): ConfigurationProblem[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: [...path, key].join('.'),
      value: undefined,
      remedy: 'is not a setting. Remove it or correct its spelling; lib/config/schema.ts lists the settings.',
    }))
  const value = issue.input === undefined ? undefined : JSON.stringify(issue.input)
  const remedy =
    value === undefined && issue.code !== 'custom' ? 'is missing. Add it; lib/config/schema.ts says what it means.' : issue.message
  return [{ field: path.join('.'), value, remedy }]
}
