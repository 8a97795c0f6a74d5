import { Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { parseEnvironment } from '../../../lib/config/load-environment.ts'
import { duties } from '../../../lib/config/names.ts'
import { GuardrailsStack } from '../../../lib/environment/guardrails-stack.ts'
import { OperatorsStack } from '../../../lib/environment/operators-stack.ts'
import { openApp } from '../../../lib/environment/synthesize.ts'
import { exampleTrial as sandbox } from '../../config/example-environments.ts'
import { resourcesOf } from '../claims/claim.ts'
import { testContext } from '../synthesized.ts'

const guardrails = { managementAccount: '777788889999', targets: ['ou-ab12-cdef3456'] }

test('an adopted GitHub provider is trusted and not made a second time', () => {
  const config = parseEnvironment({ ...sandbox, adopted: ['github-oidc-provider'] }, 'adopting')
  const template = Template.fromStack(new OperatorsStack(openApp({ context: testContext }), { config, duties }))
  template.resourceCountIs('AWS::IAM::OIDCProvider', 0)
  template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'safe-harbor-sandbox-deployment' })
})

test('a trial under guardrails can be removed again: either deployment path removes, and no rule forbids deleting keys', () => {
  const config = parseEnvironment({ ...sandbox, guardrails }, 'guarded')
  const template = Template.fromStack(new GuardrailsStack(openApp({ context: testContext }), { config }))
  const policies = resourcesOf(template, 'AWS::Organizations::Policy')
  const statements = Object.values(policies).flatMap(
    ({ Properties }) => (Properties['Content'] as { Statement: { Sid: string; Condition?: unknown }[] }).Statement,
  )
  const either = {
    ArnNotLike: {
      'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*', 'arn:aws:iam::*:role/cdk-shwork-cfn-exec-role-*'],
    },
  }
  expect(
    statements.filter(({ Sid }) => Sid === 'NobodySwitchesDetectionOff' || Sid === 'NobodyRemovesCopies').map(({ Condition }) => Condition),
  ).toEqual([either, either])
  expect(statements.map(({ Sid }) => Sid)).not.toContain('NobodyDeletesKeys')
  expect(Object.values(policies).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Delete', 'Delete', 'Delete'])
})

test('an environment that names no management account makes no guardrails', () => {
  expect(() => new GuardrailsStack(openApp({ context: testContext }), { config: sandbox })).toThrow('names no management account')
})
