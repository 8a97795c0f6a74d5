import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import { type Claim, resourcesOf } from '../claim.ts'

/** What a resource is, by the template it stands in. */
export type Expected = (config: EnvironmentConfig, template: Template) => readonly unknown[]

/** Says that the resources of a type are exactly these, in whatever order. */
export const exactly = (says: string, type: string, expected: Expected): Claim => ({
  stack: 'service',
  says,
  check: (template, config) => {
    const made = Object.values(resourcesOf(template, type)).map(({ Properties }) => Properties ?? {})
    const wanted = expected(config, template)
    expect(made).toHaveLength(wanted.length)
    expect(made).toEqual(expect.arrayContaining([...wanted]))
    for (const one of made) expect(wanted).toContainEqual(one)
  },
})

/** Logical id of the only resource of a type, or of the one whose property holds a value. */
export function idOf(template: Template, type: string, property?: string, value?: unknown): string {
  const found = Object.entries(resourcesOf(template, type)).filter(
    ([, { Properties }]) => property === undefined || JSON.stringify(Properties[property]) === JSON.stringify(value),
  )
  const [entry] = found
  if (entry === undefined || found.length > 1)
    throw new Error(`${found.length} resources of type ${type} with ${property} ${String(value)}`)
  return entry[0]
}

/** Reference to a resource of the same template. */
export const ref = (template: Template, ...named: [type: string, property?: string, value?: unknown]) => ({ Ref: idOf(template, ...named) })
/** Attribute of a resource of the same template. */
export const attribute = (template: Template, name: string, ...named: [type: string, property?: string, value?: unknown]) => ({
  'Fn::GetAtt': [idOf(template, ...named), name],
})
