import { readFileSync } from 'node:fs'
import { Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { loadEnvironment } from '../../lib/config/load-environment.ts'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import { buildEnvironment } from '../../lib/environment/index.ts'
import { openApp } from '../../lib/environment/synthesize.ts'

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> }

/**
 * Context of a test app: the flags of cdk.json, and no bundling, so that templates do not depend on what esbuild makes of the code. Where a
 * resource was made is no part of a template, and takes a sixth of the time to note.
 */
export const testContext = { ...context, 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-creation-stack-traces': true }

const made = new Map<string, ReadonlyMap<string, Template>>()

/** Templates of an environment by stack id (`keys`, `network`), synthesized once for all tests of a run. */
export const templatesOf = (environment: 'sandbox' | 'production'): ReadonlyMap<string, Template> =>
  synthesizedFrom(loadEnvironment(environment))

/** The template of one stack of an environment. */
export function templateOf(environment: 'sandbox' | 'production', stack: string): Template {
  const template = templatesOf(environment).get(stack)
  if (template === undefined) throw new Error(`${environment} has no stack ${stack}`)
  return template
}

/** Templates of a changed configuration, by stack id; the same configuration is synthesized once. */
export function synthesizedFrom(config: EnvironmentConfig): ReadonlyMap<string, Template> {
  const name = JSON.stringify(config)
  const known = made.get(name)
  if (known !== undefined) return known
  const app = openApp({ context: testContext, treeMetadata: false })
  buildEnvironment(app, config)
  const stacks = app.node.children.filter((child) => Stack.isStack(child))
  const templates = new Map(stacks.map((stack) => [stack.node.id, Template.fromStack(stack)]))
  made.set(name, templates)
  return templates
}
