import { expect, test } from 'vitest'
import { readTemplate } from '../../../lib/gate/template/read-template.ts'
import { readSource } from '../../../lib/gate/template/source.ts'

test.each([
  ['without a Type', 'Properties: {}', 'The resource One has no Type.'],
  ['whose Type is a map', 'Type: { Name: bucket }', 'The Type of the resource One is no text.'],
  [
    'whose Type is made by a tag of another tool',
    "Type: !Rain::Module 'https://example.com/bucket.yaml'",
    'The Type of the resource One is no text.',
  ],
])('A resource %s is told so', (_name, written, message) => {
  const source = readSource(`Resources:\n  One:\n    ${written}\n`, 'example.yaml')
  expect(readTemplate(source, { key: 'example', digest: '' }).faults).toMatchObject([{ message }])
})
