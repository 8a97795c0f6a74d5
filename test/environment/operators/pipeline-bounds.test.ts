import { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { loadEnvironment, parseEnvironment } from '../../../lib/config/load-environment.ts'
import { stacksOn } from '../../../lib/config/stacks.ts'
import { GuardrailsStack } from '../../../lib/environment/guardrails-stack.ts'
import { workloadBoundaryPermissions } from '../../../lib/environment/operators/permissions/workload-boundary.ts'
import { deployedTypes, workloadDeploymentPolicies } from '../../../lib/environment/operators/permissions/workload-deployment.ts'
import { OperatorsStack } from '../../../lib/environment/operators-stack.ts'
import { openApp } from '../../../lib/environment/synthesize.ts'
import { exampleProduction } from '../../config/example-environments.ts'
import { resourcesOf } from '../claims/claim.ts'
import { templateOf, templatesOf, testContext } from '../synthesized.ts'

interface Statement {
  readonly Sid: string
  readonly Effect: string
  readonly Action?: string | string[]
  readonly Resource?: string | string[]
}

const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat())
const statementsIn = (template: ReturnType<typeof templateOf>): Statement[] =>
  Object.values(resourcesOf(template, 'AWS::IAM::ManagedPolicy')).flatMap(
    ({ Properties }) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement,
  )
const matches = (pattern: string, text: string): boolean => new RegExp(`^${pattern.split('*').join('.*')}$`).test(text)

describe.each(['sandbox', 'production'] as const)('%s', (environment) => {
  const config = loadEnvironment(environment)

  test.each(stacksOn('workload'))('the workload boundary denies nothing that the roles of %s are allowed', (stack) => {
    const denied = workloadBoundaryPermissions(config)
      .filter(({ effect, conditions }) => effect === 'Deny' && conditions === undefined)
      .flatMap(({ actions }) => actions as readonly string[])
    const allowed = statementsIn(templateOf(environment, stack)).filter(({ Effect }) => Effect === 'Allow')
    const refused = allowed.flatMap(({ Action }) => list(Action)).filter((action) => denied.some((pattern) => matches(pattern, action)))
    expect(refused).toEqual([])
  })

  test.each(stacksOn('workload'))('the workload boundary lets through what the roles of %s are allowed', (stack) => {
    const within = new Set(
      workloadBoundaryPermissions(config).flatMap(({ effect, actions }) => (effect === 'Deny' ? [] : actions)) as string[],
    )
    const allowed = statementsIn(templateOf(environment, stack)).filter(({ Effect }) => Effect === 'Allow')
    const beyond = allowed.flatMap(({ Action }) => list(Action)).filter((action) => !within.has(action))
    expect([...new Set(beyond)]).toEqual([])
  })

  test.each(stacksOn('workload'))('the pipeline may deploy every type of resource in %s', (stack) => {
    const { Resources = {} } = templateOf(environment, stack).toJSON() as { Resources?: Record<string, { Type: string }> }
    const types = new Set(Object.values(Resources).map(({ Type }) => Type))
    expect([...types].filter((type) => !deployedTypes.includes(type) && type !== 'AWS::CDK::Metadata')).toEqual([])
  })

  test('the pipeline is denied every named role of a foundation stack of its account', () => {
    const denied = workloadDeploymentPolicies['workload-deployment-roles'](config)
      .filter(({ sid }) => sid === 'NeverTouchOperatorsAndBoundaries')
      .flatMap(({ resources }) => resources as string[])
    const foundation = [...templatesOf(environment)].filter(([id]) => (stacksOn('foundation') as readonly string[]).includes(id))
    const names = foundation.flatMap(([, template]) =>
      Object.values(resourcesOf(template, 'AWS::IAM::Role')).map(({ Properties }) => String(Properties['RoleName'])),
    )
    expect(names.filter((name) => !denied.some((pattern) => matches(pattern, `arn:aws:iam::*:role/${name}`)))).toEqual([])
  })
})

test.each([
  ['us-east-1', 'a-long-name-3'],
  ['ap-southeast-2', 'a-long-8'],
])(
  'every policy stays within what IAM and Organizations take, in %s with the longest name an environment may have there',
  (primary, name) => {
    const network = { ...exampleProduction.network, availabilityZones: ['a', 'b', 'c'].map((zone) => `${primary}${zone}`) }
    const changes = { name, regions: { primary, recovery: 'ap-northeast-1' }, network }
    const longest = parseEnvironment({ ...exampleProduction, ...changes }, 'longest')
    const app = openApp({ context: testContext })
    const stacks = [
      new GuardrailsStack(app, { config: longest }),
      new OperatorsStack(app, { config: longest, duties: ['workload', 'audit', 'recovery'] }),
    ]
    for (const template of stacks.map((stack) => Template.fromStack(stack))) {
      for (const { Properties } of Object.values(resourcesOf(template, 'AWS::IAM::ManagedPolicy')))
        expect(lengthOf(Properties['PolicyDocument']), String(Properties['ManagedPolicyName'])).toBeLessThanOrEqual(6144)
      for (const { Properties } of Object.values(resourcesOf(template, 'AWS::Organizations::Policy')))
        expect(JSON.stringify(Properties['Content']).length, String(Properties['Name'])).toBeLessThanOrEqual(5120)
    }
  },
)

// IAM does not count white space.
const lengthOf = (document: unknown): number => JSON.stringify(document).replaceAll(/\s/g, '').length
