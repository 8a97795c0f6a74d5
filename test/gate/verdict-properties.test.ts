import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { UnreadableError } from '../../lib/gate/assembly/unreadable-error.ts'
import { controls } from '../../lib/gate/checks/controls.ts'
import { fingerprintOf } from '../../lib/gate/fingerprint.ts'
import { judgeStacks } from '../../lib/gate/judge-stacks.ts'
import { Deployment } from '../../lib/gate/template/deployment.ts'
import { readTemplate } from '../../lib/gate/template/read-template.ts'
import { readSource } from '../../lib/gate/template/source.ts'

const types = [...new Set(controls.flatMap((control) => (control.types === 'every' ? [] : control.types)))].sort()
const properties = [
  ...new Set(
    controls.flatMap(({ passing, failing }) =>
      [passing, failing].flatMap((resources) => Object.values(resources).flatMap(({ Properties }) => Object.keys(Properties ?? {}))),
    ),
  ),
].sort()

const name = fc.constantFrom('A', 'B', 'C', 'D', 'E')
const { written } = fc.letrec<{ written: unknown }>((tie) => ({
  written: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<unknown>(
      true,
      false,
      'true',
      '',
      '*',
      0,
      1,
      7,
      65535,
      null,
      '0.0.0.0/0',
      '::/0',
      'AES256',
      'Enabled',
      'alias/aws/s3',
      'arn:aws:iam::aws:policy/AdministratorAccess',
    ),
    fc.string(),
    fc.integer(),
    fc.record({ Ref: fc.oneof(name, fc.constantFrom('P', 'AWS::NoValue', 'AWS::Region', 'Nothing')) }),
    fc.record({ 'Fn::GetAtt': fc.tuple(name, fc.constantFrom('Arn', 'Outputs.X')) }),
    fc.record({ 'Fn::Sub': fc.constantFrom('${A}/x', '${P}', '${Nothing.Arn}', '${!x}', '${AWS::Partition}') }),
    fc.record({ 'Fn::If': fc.tuple(fc.constantFrom('Yes', 'No', 'Nowhere'), tie('written'), tie('written')) }),
    fc.record({ 'Fn::Join': fc.tuple(fc.constant(','), fc.array(tie('written'), { maxLength: 3 })) }),
    fc.record({ 'Fn::Select': fc.tuple(fc.nat(3), tie('written')) }),
    fc.array(tie('written'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'Statement',
        'Effect',
        'Action',
        'Principal',
        'Resource',
        'Condition',
        'Status',
        'Rules',
        'Enabled',
        ...properties.slice(0, 40),
      ),
      tie('written'),
      { maxKeys: 4 },
    ),
  ),
}))

const resource = fc.record(
  {
    Type: fc.constantFrom(...types, 'Custom::Thing', 'AWS::S3::Bucket'),
    Properties: fc.dictionary(fc.constantFrom(...properties), written, { maxKeys: 5 }),
    Condition: fc.constantFrom('Yes', 'No'),
  },
  { requiredKeys: ['Type'] },
)
const template = fc.record({
  Parameters: fc.constant({ P: { Type: 'String' }, Stage: { Type: 'String', Default: 'dev' } }),
  Conditions: fc.constant({ Yes: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } }),
  Resources: fc.dictionary(name, resource, { minKeys: 1, maxKeys: 5 }),
})

const judgeText = (text: string) =>
  judgeStacks(new Deployment('template', [readTemplate(readSource(text, 'any'), { key: 'any', digest: '' })], new Map()))

/** What a verdict says, without lines and in an order of its own. */
const saidOf = (text: string): string[] => {
  const { findings, passes } = judgeText(text)
  return [
    ...findings.map(
      (finding) => `${finding.status} ${finding.control} ${finding.resource?.logicalId} ${finding.property} ${fingerprintOf(finding)}`,
    ),
    ...passes.map((pass) => `pass ${pass.control} ${pass.resource?.logicalId} ${pass.property}`),
  ].sort()
}

const shuffled = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).reverse())

describe('For any template', () => {
  test('the order of its resources and the way it is written never change the verdict', () => {
    fc.assert(
      fc.property(template, (sections) => {
        const said = saidOf(JSON.stringify(sections))
        expect(saidOf(JSON.stringify({ ...shuffled(sections), Resources: shuffled(sections.Resources) }, undefined, 3))).toEqual(said)
        expect(saidOf(stringify(sections, { version: '1.1' }))).toEqual(said)
      }),
      { numRuns: 60 },
    )
  })

  test('every resource is judged or named as judged by no control of its own, and the gate neither crashes nor hangs', () => {
    fc.assert(
      fc.property(template, (sections) => {
        const started = performance.now()
        const { findings, passes } = judgeText(JSON.stringify(sections))
        expect(performance.now() - started).toBeLessThan(5000)
        const seen = new Set([...findings, ...passes].map((said) => said.resource?.logicalId))
        const always = Object.entries(sections.Resources).filter(([, { Condition }]) => Condition === undefined)
        expect(always.filter(([logicalId]) => !seen.has(logicalId))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('what a finding points at is a line of the text', () => {
    fc.assert(
      fc.property(template, (sections) => {
        const text = stringify(sections, { version: '1.1' })
        const lines = text.split('\n')
        for (const { line, resource: named } of judgeText(text).findings) {
          expect(line).toBeGreaterThan(0)
          expect(line).toBeLessThanOrEqual(lines.length)
          if (named !== undefined)
            expect(line).toBeGreaterThanOrEqual(lines.findIndex((written) => written.trim() === `${named.logicalId}:`) + 1)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('For any text', () => {
  test('there is a verdict or a message for people', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ size: 'medium' }),
          fc.json(),
          written.map((value) => JSON.stringify({ Resources: value }) ?? ''),
        ),
        (text) => {
          try {
            judgeText(text)
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableError)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
