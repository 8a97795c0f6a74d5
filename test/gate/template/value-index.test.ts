import { describe, expect, test } from 'vitest'
import { Deployment } from '../../../lib/gate/template/deployment.ts'
import { readTemplate } from '../../../lib/gate/template/read-template.ts'
import { readSource } from '../../../lib/gate/template/source.ts'
import { indexByValue } from '../../../lib/gate/template/value-index.ts'

const type = 'AWS::Lambda::Function'
const functions = (Roles: Readonly<Record<string, unknown>>) => {
  const Resources = Object.fromEntries(Object.entries(Roles).map(([id, Role]) => [id, { Type: type, Properties: { Role } }]))
  const text = JSON.stringify({
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources,
  })
  return new Deployment('template', [readTemplate(readSource(text, 'here.json'), { key: 'here', digest: '' })], new Map())
}

const byRole = indexByValue('Role', (role) => (typeof role === 'string' ? role : undefined))

describe('Resources that may have a value', () => {
  const one = functions({
    Same: 'reader',
    Other: 'writer',
    Without: undefined,
    Open: { 'Fn::If': ['IsProduction', 'reader', 'writer'] },
  })
  const found = (...keys: readonly string[]) => {
    const mayHave = byRole(one, type, ...keys)
    return one
      .allOfType(type)
      .filter(mayHave)
      .map(({ logicalId }) => logicalId)
  }

  test('have it in every case, or depend on the case', () => {
    expect(found('reader')).toEqual(['Same', 'Open'])
  })

  test('have any of the values that are looked for', () => {
    expect(found('reader', 'writer')).toEqual(['Same', 'Other', 'Open'])
  })

  test('are looked for without making cases', () => {
    expect(functionsInCases()).toBe(1)
  })

  function functionsInCases(): number {
    const fresh = functions({ Open: { 'Fn::If': ['IsProduction', 'reader', 'writer'] } })
    return fresh.cases.each(() => byRole(fresh, type, 'reader')).results.length
  }
})
