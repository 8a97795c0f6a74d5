import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { environments } from '../../lib/config/environments/index.ts'
import { stackArns, stacks, stacksOn } from '../../lib/config/stacks.ts'
import { synthesizedFrom, templatesOf } from '../environment/synthesized.ts'
import { exampleProduction, exampleTrial } from './example-environments.ts'

describe('The table of stacks', () => {
  test('names every stack of every environment, and none that no environment has', () => {
    const made = ['sandbox', 'production'].flatMap((environment) => [...templatesOf(environment as 'sandbox').keys()])
    expect(made.filter((stack) => !Object.hasOwn(stacks, stack))).toEqual([])
    expect([...synthesizedFrom(exampleProduction).keys()].sort()).toEqual(Object.keys(stacks).sort())
  })

  test('puts every stack on one path, and every ARN under its own name', () => {
    expect([...stacksOn('foundation'), ...stacksOn('workload')].sort()).toEqual(Object.keys(stacks).sort())
    expect(stackArns(exampleTrial, 'workload')).toContain('arn:aws:cloudformation:*:*:stack/safe-harbor-sandbox-records/*')
  })

  test('is what the deployment workflow deploys', () => {
    const workflow = readFileSync('.github/workflows/deploy.yml', 'utf8')
    expect(workflow).toContain(`npx cdk deploy ${stacksOn('workload').join(' ')} --exclusively`)
    expect(workflow).toContain(`options: [${Object.keys(environments).join(', ')}]`)
  })
})
