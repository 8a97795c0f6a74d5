import { existsSync, readFileSync } from 'node:fs'
import type { App } from 'aws-cdk-lib'
import { CLI_VERSION_ENV, FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT } from 'aws-cdk-lib/cx-api'

/** Files of the repository that set context, the later one over the earlier (AWS CDK Developer Guide, "Context values and the AWS CDK"). */
const contextFiles = ['cdk.context.json', 'cdk.json'] as const

/**
 * The context an app was synthesized with, as people chose it. The CDK command line always tells the app not to fail on findings, because it reads the
 * report and fails in the app's place; under it, what counts is whether the repository tells it so too.
 */
export function chosenContext(app: App, environment: NodeJS.ProcessEnv = process.env): Record<string, unknown> {
  const { [FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT]: effective, ...others } = app.node.getAllContext() as Record<string, unknown>
  const chosen = environment[CLI_VERSION_ENV] === undefined ? effective : inRepository(FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT)
  return chosen === undefined ? others : { ...others, [FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT]: chosen }
}

function inRepository(key: string): unknown {
  const values = contextFiles
    .filter((file) => existsSync(file))
    .map((file) => contextIn(file, JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)[key])
  return values.filter((value) => value !== undefined).at(-1)
}

const contextIn = (file: (typeof contextFiles)[number], content: Record<string, unknown>): Record<string, unknown> =>
  file === 'cdk.json' ? ((content['context'] as Record<string, unknown> | undefined) ?? {}) : content
