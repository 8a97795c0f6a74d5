import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cloudFormationRoleArn, keyAlias, nameOf } from '../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { exampleProduction, exampleTrial } from '../../config/example-environments.ts'
import { resourcesOf } from '../claims/claim.ts'
import { synthesizedFrom } from '../synthesized.ts'

/** Who does what with which key, what becomes of it, the statement that says so, and the part of its condition that does. */
interface Case {
  readonly caller: string
  /** The caller as a key policy names it; `*` for anybody, the root ARN for every identity of the account. */
  readonly principal: string
  readonly does: string
  readonly to: string
  readonly verdict: 'allowed' | 'not allowed' | 'refused'
  readonly by: string
  readonly where: object
}

interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal: Readonly<Record<string, string | readonly string[]>>
  readonly Action: string | readonly string[]
  readonly Condition?: object
}

const cases = JSON.parse(readFileSync('test/environment/access/keys.json', 'utf8')) as Case[]

describe.each([exampleTrial, exampleProduction])('Keys of $name', (config: EnvironmentConfig) => {
  const policies = keyPolicies(config)

  test.each(cases.map((each) => [each.caller, each.verdict, each.does, each.to, each] as const))(
    '%s is %s %s on %s',
    (_caller, verdict, does, to, each) => {
      const { principal, by, where } = filledIn(config, each)
      const policy = policies.get(keyAlias(config, to)) ?? []
      expect(policy.length).toBeGreaterThan(2)
      const mentioning = policy.filter(
        ({ Action, Principal }) => [Action].flat().includes(does) && Object.values(Principal).flat().includes(principal),
      )
      if (verdict === 'not allowed') return expect(mentioning.filter(({ Effect }) => Effect === 'Allow').map(({ Sid }) => Sid)).toEqual([])
      const statement = mentioning.find(({ Sid }) => Sid === by)
      expect(statement?.Effect).toBe(verdict === 'allowed' ? 'Allow' : 'Deny')
      // Without a condition a statement holds always; otherwise the condition is what allows or refuses.
      if (Object.keys(where).length === 0) expect(statement).not.toHaveProperty('Condition')
      else expect(statement?.Condition).toMatchObject(where)
    },
  )
})

function keyPolicies(config: EnvironmentConfig): ReadonlyMap<string, readonly Statement[]> {
  const template = synthesizedFrom(config).get('keys')
  if (template === undefined) throw new Error('no stack keys')
  const keys = resourcesOf(template, 'AWS::KMS::Key')
  const aliases = Object.values(resourcesOf(template, 'AWS::KMS::Alias')).map(({ Properties }) => {
    const { AliasName, TargetKeyId } = Properties as { AliasName: string; TargetKeyId: { Ref: string } }
    const policy = keys[TargetKeyId.Ref]?.Properties.KeyPolicy as { Statement: Statement[] } | undefined
    return [AliasName, policy?.Statement ?? []] as const
  })
  return new Map(aliases)
}

// What a case writes in angle brackets stands for a name of the environment.
function filledIn(config: EnvironmentConfig, each: Case): Case {
  const { workload } = config.accounts
  const { primary } = config.regions
  const text = JSON.stringify(each)
    .replaceAll('<root>', `arn:aws:iam::${workload}:root`)
    .replaceAll('<foundation>', cloudFormationRoleArn(workload, primary, 'foundation'))
    .replaceAll('<pipeline>', cloudFormationRoleArn(workload, primary, 'workload'))
    .replaceAll(/<role:([a-z-]+)>/g, `arn:aws:iam::${workload}:role/${nameOf(config, '$1')}`)
    .replaceAll(/<name:([a-z-]+)>/g, nameOf(config, '$1'))
    .replaceAll('<workload>', workload)
    .replaceAll('<region>', primary)
    .replaceAll('<environment>', config.name)
  return JSON.parse(text) as Case
}
