import { describe, expect, test } from 'vitest'
import { keyAlias, nameOf, policyArn, roleArn, tableArn } from '../../../lib/config/names.ts'
import { phases } from '../../../lib/config/phases.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { exampleProduction, exampleTrial, inPhase } from '../../config/example-environments.ts'
import { assemblyOf, attachedPolicies, keyPolicyOf, managedPolicy, type StackResources, tablePolicyOf } from './assembly.ts'
import { decide } from './decide.ts'

// Promise: stolen credentials of a function read nobody. Every role that Lambda may enter, of every stack there is, is asked to open a record.

describe.each(
  [exampleTrial, exampleProduction].flatMap((config) => phases.map((phase) => [config.name, phase, inPhase(config, phase)] as const)),
)('Functions of %s in phase %s', (_name, _phase, config: EnvironmentConfig) => {
  const assembly = assemblyOf(config)
  const resources = (stack: string) => assembly.get(stack) ?? {}
  const roles = [...assembly].flatMap(([stack, all]) => functionRoles(all).map((role) => [stack, role] as const))
  const boundary = managedPolicy(resources('operators'), nameOf(config, 'workload-boundary'))

  test('there are some', () => expect(roles.length).toBeGreaterThan(2))

  test('no function opens a data key, whatever practice and patient it names', () => {
    const resource = keyPolicyOf(resources('keys'), 'VaultKey')
    for (const action of ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant'])
      for (const [stack, role] of roles) {
        const identity = attachedPolicies(resources(stack), role)
        const request = { action, resource: 'key-vault', context: keyContext(config, String(role.Properties['RoleName'])) }
        expect([stack, decide(request, { identity, boundary, resource, resourceMustAllow: true }).verdict]).toEqual([stack, 'refused'])
      }
  })

  test('no function reads a record or a data key of anybody', () => {
    for (const table of ['records', 'wrapped-keys'])
      for (const action of ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem', 'dynamodb:Scan'])
        for (const [stack, role] of roles) {
          const identity = attachedPolicies(resources(stack), role)
          const context = {
            ...caller(config, String(role.Properties['RoleName'])),
            'aws:SourceVpce': 'vpce-dynamodb',
            'dynamodb:LeadingKeys': [`${config.practices[0]?.id}#anypatient`],
          }
          const decision = decide(
            { action, resource: tableArn(config, table), context },
            { identity, boundary, resource: tablePolicyOf(resources('records'), config, table) },
          )
          expect([stack, role.Properties['RoleName'], decision.verdict]).toEqual([stack, role.Properties['RoleName'], 'refused'])
        }
  })

  test('every function stays within the workload boundary, but the one that the network needs before there is one', () => {
    const outside = roles.filter(
      ([, { Properties }]) => Properties['PermissionsBoundary'] !== policyArn(config, 'workload', 'workload-boundary'),
    )
    expect(outside.map(([stack, { Properties }]) => [stack, Properties['RoleName']])).toEqual([
      ['network', nameOf(config, 'default-security-group')],
    ])
  })
})

const functionRoles = (resources: StackResources) =>
  Object.values(resources).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::IAM::Role' && JSON.stringify(Properties['AssumeRolePolicyDocument']).includes('lambda.amazonaws.com'),
  )

const caller = (config: EnvironmentConfig, role: string) => ({
  'aws:PrincipalArn': roleArn(config, 'workload', role.slice(nameOf(config, '').length)),
  'aws:PrincipalAccount': config.accounts.workload,
  'aws:TokenIssueTime': '2026-01-01T00:00:00Z',
  'aws:ViaAWSService': 'false',
  'aws:PrincipalIsAWSService': 'false',
})

// As if everything were in its favour: inside the network, the right context, and the tags of a session besides.
const keyContext = (config: EnvironmentConfig, role: string) => {
  const practice = config.practices[0]?.id ?? ''
  return {
    ...caller(config, role),
    'aws:SourceVpce': 'vpce-kms',
    'aws:PrincipalTag/practice': practice,
    'aws:PrincipalTag/patient': 'anypatient',
    'kms:CallerAccount': config.accounts.workload,
    'kms:ResourceAliases': [keyAlias(config, 'vault')],
    'kms:EncryptionContextKeys': ['practice', 'patient'],
    'kms:EncryptionContext:practice': practice,
    'kms:EncryptionContext:patient': 'anypatient',
  }
}
