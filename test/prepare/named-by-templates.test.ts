import { describe, expect, test } from 'vitest'
import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { workloadDeploymentPolicyArns } from '../../lib/environment/operators/permissions/workload-deployment.ts'
import { lineDomain, lineScope } from '../../lib/prepare/checks/answering-line.ts'
import { interfaceEndpoints } from '../../lib/prepare/checks/network.ts'
import { prepare } from '../../lib/prepare/index.ts'
import { templatesOf } from '../environment/synthesized.ts'
import { perfectReader } from './perfect.ts'

// The checks speak of resources by name and import no stack: a name that changes there must change here.
describe.each(['sandbox', 'production'] as const)('what the checks of %s say of the stacks', (environment) => {
  const config = loadEnvironment(environment)
  const propertiesOf = (type: string) =>
    [...templatesOf(environment).values()].flatMap((template) =>
      Object.values(template.findResources(type)).map(({ Properties }) => Properties as Readonly<Record<string, unknown>>),
    )
  const named = (type: string, property: string) => propertiesOf(type).map((properties) => properties[property])

  test('the interface endpoints are those of the network', () => {
    const made = propertiesOf('AWS::EC2::VPCEndpoint').filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface')
    const services = interfaceEndpoints.map((service) => `com.amazonaws.${config.regions.primary}.${service}`)
    expect(made.map(({ ServiceName }) => ServiceName).sort()).toEqual(services.sort())
  })

  test('the pools and the configuration set that are read exist', async () => {
    const asked = { pools: new Set<string>(), sets: new Set<string>() }
    await prepare(
      config,
      perfectReader({
        account: config.accounts.workload,
        secondFactor: async (_region, pool) => String(asked.pools.add(pool).size),
        countriesReached: async (_region, set) => [String(asked.sets.add(set).size)],
      }),
    )
    expect([...asked.pools].sort()).toEqual(named('AWS::Cognito::UserPool', 'UserPoolName').sort())
    expect([...asked.sets]).toEqual(named('AWS::SMSVOICE::ConfigurationSet', 'ConfigurationSetName'))
  })

  test('the answering line has this domain and this scope', () => {
    expect(named('AWS::Cognito::UserPoolDomain', 'Domain')).toEqual([lineDomain(config)])
    const scopes = propertiesOf('AWS::Cognito::UserPoolResourceServer').flatMap(({ Identifier, Scopes }) =>
      (Scopes as readonly { ScopeName: string }[]).map(({ ScopeName }) => `${Identifier}/${ScopeName}`),
    )
    expect(scopes).toEqual([lineScope])
  })

  test('the ids of clients are outputs', () => {
    const outputs = [...templatesOf(environment).values()].flatMap((template) => Object.keys(template.findOutputs('*')))
    expect(outputs).toEqual(expect.arrayContaining(['ProvidersClientId', 'PatientsClientId', 'LineClientId']))
  })

  // "Managed policies attached to an IAM role: 10" before anybody asks for more (IAM User Guide, "IAM and AWS STS quotas").
  test('no role is given more policies than an account allows at first', () => {
    const attached = propertiesOf('AWS::IAM::Role').map(({ ManagedPolicyArns = [] }) => (ManagedPolicyArns as readonly unknown[]).length)
    expect(Math.max(...attached, workloadDeploymentPolicyArns(config).length)).toBeLessThanOrEqual(10)
  })
})
