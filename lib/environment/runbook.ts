import type { EnvironmentConfig } from '../config/schema.ts'

/** Address of the runbook section of an alarm or alert, in the README of the repository that deploys the environment. */
export const runbookUrl = ({ github }: Pick<EnvironmentConfig, 'github'>, section: string): string =>
  `https://github.com/${github.repository}#${section}`
