import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from 'aws-cdk-lib'
import { CLI_VERSION_ENV, FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT } from 'aws-cdk-lib/cx-api'

/** Files of the repository that set context, the later one over the earlier (AWS CDK Developer Guide, "Context values and the AWS CDK"). */
const contextFiles = ['cdk.context.json', 'cdk.json'] as const

/**
 * The context an app was synthesized with, as people chose it. The CDK command line always tells the app not to fail on findings, because it reads the
 * report and fails in the app's place; under it, what counts is whether the repository tells it so too.
 *
 * @param environment environment variables, by which the command line makes itself known
 * @param repository folder of cdk.json
 */
export function chosenContext(app: App, environment: Readonly<NodeJS.ProcessEnv> = process.env, repository = '.'): Record<string, unknown> {
  const { [FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT]: effective, ...others } = app.node.getAllContext() as Record<string, unknown>
  const chosen = environment[CLI_VERSION_ENV] === undefined ? effective : setIn(repository, FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT)
  return chosen === undefined ? others : { ...others, [FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT]: chosen }
}

function setIn(repository: string, key: string): unknown {
  const values = contextFiles.map((file) => contextIn(repository, file)[key])
  return values.filter((value) => value !== undefined).at(-1)
}

function contextIn(repository: string, file: (typeof contextFiles)[number]): Record<string, unknown> {
  const path = join(repository, file)
  if (!existsSync(path)) return {}
  const content = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  return file === 'cdk.json' ? ((content.context as Record<string, unknown> | undefined) ?? {}) : content
}
