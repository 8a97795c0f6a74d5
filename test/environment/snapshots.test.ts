import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { templatesOf } from './synthesized.ts'

// A snapshot moves only when infrastructure moves: hashes of code are the same for every code, and what the library notes for its own tools is left out.
describe.each(['sandbox', 'production'] as const)('The templates of %s are as reviewed:', (environment) => {
  test.each([...templatesOf(environment).keys()])('%s', async (stack) => {
    const template = JSON.stringify(templatesOf(environment).get(stack)?.toJSON(), withoutNotes).replaceAll(/[0-9a-f]{64}/g, '<hash>')
    const text = stringify(JSON.parse(template), { lineWidth: 0, aliasDuplicateObjects: false })
    await expect(text).toMatchFileSnapshot(`../snapshots/${environment}/${stack}.yaml`)
  })
})

const notes = ['aws:cdk:path', 'aws:asset:path', 'aws:asset:is-bundled', 'aws:asset:property', 'aws:cdk:logicalId']

function withoutNotes(key: string, value: unknown): unknown {
  if (notes.includes(key)) return undefined
  if (key !== 'Metadata' || typeof value !== 'object' || value === null) return value
  return Object.keys(value).every((name) => notes.includes(name)) ? undefined : value
}
