import { describe, expect, test } from 'vitest'
import { judge } from '../../lib/gate/judge.ts'
import { exitCodeOf, type Finding } from '../../lib/gate/verdict.ts'
import { type AssemblyFiles, perfectAssembly, violation, writeAssembly } from './perfect-assembly.ts'

const today = new Date('2026-12-01T12:00:00Z')
// What is judged of resources has tests of its own; here it is the assembly.
const options = { today, controls: { resources: [], deployments: [] } }
const judged = (files: Readonly<Record<string, unknown>>) => judge([writeAssembly(files)], options)

function broken(change: (files: AssemblyFiles) => void): AssemblyFiles & Record<string, unknown> {
  const files = perfectAssembly() as AssemblyFiles & Record<string, unknown>
  change(files)
  return files
}

function only<Item>(items: readonly Item[] | undefined): Item {
  const [first] = items ?? []
  if (first === undefined) throw new Error('expected one')
  return first
}

const pack = (files: AssemblyFiles) => only(files['validation-report.json'].pluginReports)
const acceptance = (files: AssemblyFiles) => only(files['safe-harbor.json'].accepted)

describe('A clean assembly', () => {
  const verdict = judged(perfectAssembly() as unknown as Record<string, unknown>)

  test('passes with exit code 0', () => {
    expect([verdict.verdict, exitCodeOf(verdict)]).toEqual(['pass', 0])
  })

  test('is counted so that a person can check the numbers against the templates', () => {
    expect(verdict.counts).toEqual({
      stacks: 1,
      resources: 2,
      evaluations: 9,
      findings: 0,
      undecided: 0,
      accepted: 1,
      passes: 14,
      expiringSoon: 0,
    })
  })

  test('lists its keys and stores', () => {
    const { keys, stores } = only(verdict.subjects)
    expect(keys).toEqual([
      {
        stack: 'safe-harbor-sandbox-records',
        alias: 'Key',
        description: 'Encrypts the store.',
        rotated: true,
        deletionWindowDays: 30,
        multiRegion: false,
      },
    ])
    expect(stores).toEqual([
      {
        stack: 'safe-harbor-sandbox-records',
        name: 'safe-harbor-sandbox-store',
        type: 'AWS::S3::Bucket',
        dataClass: 'patient-data',
        encryption: 'customer managed key',
      },
    ])
  })

  test('lists what is accepted, with the days left', () => {
    expect(only(verdict.subjects).accepted).toMatchObject([{ matches: 1, daysLeft: 211, owner: 'security' }])
  })
})

const failures: readonly (readonly [says: string, control: string, change: (files: AssemblyFiles) => void])[] = [
  [
    'an open finding',
    'HIPAA.Security-S3BucketLoggingEnabled',
    (files) => pack(files).violations.push(violation('S3BucketLoggingEnabled', 'records/Store/Resource')),
  ],
  ['no report of the pack', 'hipaa-pack-ran', (files) => files['validation-report.json'].pluginReports.pop()],
  ['no validation report', 'hipaa-pack-ran', (files) => Reflect.deleteProperty(files, 'validation-report.json')],
  [
    'a resource the pack did not see',
    'hipaa-pack-complete',
    (files) => Object.assign(files['records.template.json'].Resources, { Added: { Type: 'AWS::IAM::Role' } }),
  ],
  ['a stack the pack did not see', 'hipaa-pack-complete', (files) => Object.assign(files['safe-harbor.json'].hipaaPack, { stacks: {} })],
  [
    'the kill switch as false',
    'kill-switch',
    (files) => Object.assign(files['safe-harbor.json'].context, { '@aws-cdk/core:failSynthOnValidationErrors': false }),
  ],
  [
    'the kill switch as text',
    'kill-switch',
    (files) => Object.assign(files['safe-harbor.json'].context, { '@aws-cdk/core:failSynthOnValidationErrors': 'false' }),
  ],
  [
    'an acceptance that matches more than it says',
    'acceptance-exact',
    (files) => {
      acceptance(files).matched.push('records/Key/Resource')
      pack(files).suppressedViolations.push(violation('S3BucketReplicationEnabled', 'records/Key/Resource', 'Terminal.'))
    },
  ],
  [
    'an acceptance that matches nothing',
    'acceptance-exact',
    (files) => {
      acceptance(files).matched.pop()
      pack(files).suppressedViolations.pop()
    },
  ],
  [
    'a finding suppressed outside the list',
    'acceptance-listed',
    (files) => pack(files).suppressedViolations.push(violation('S3BucketLoggingEnabled', 'records/Store/Resource', 'Because.')),
  ],
  [
    'an acceptance whose match the report does not hold',
    'acceptance-listed',
    (files) => Object.assign(acceptance(files), { matched: ['records/Key/Resource'] }),
  ],
  ['an acceptance that has expired', 'acceptance-current', (files) => Object.assign(acceptance(files), { expires: '2026-11-30' })],
  ['an acceptance without an end', 'acceptance-current', (files) => Object.assign(acceptance(files), { expires: '2036-01-01' })],
  ['an acceptance that nobody owns', 'acceptance-complete', (files) => Object.assign(acceptance(files), { owner: '' })],
  ['an acceptance without a reason', 'acceptance-complete', (files) => Object.assign(acceptance(files), { reason: ' ' })],
  [
    'an acceptance with nothing in its place',
    'acceptance-complete',
    (files) => Object.assign(acceptance(files), { compensatingControl: '' }),
  ],
  [
    'the old account in a value',
    'no-foothold',
    (files) => Object.assign(files['records.template.json'].Resources.Store?.Properties ?? {}, { Old: 'arn:aws:iam::999988887777:root' }),
  ],
  [
    'the old network in a key',
    'no-foothold',
    (files) => Object.assign(files['records.template.json'].Resources.Store?.Properties ?? {}, { 'vpc-0badc0de': true }),
  ],
  ['a store that nobody classified', 'store-classified', (files) => Object.assign(files['safe-harbor.json'], { stores: [] })],
]

describe('The gate fails on', () => {
  test.each(failures)('%s', (_says, control, change) => {
    const verdict = judged(broken(change))
    expect([exitCodeOf(verdict), controlsOf(only(verdict.subjects).findings)]).toEqual([1, [control]])
  })

  test('an acceptance that is written with no date at all, as unreadable or expired but never as clean', () => {
    const verdict = judged(broken((files) => Object.assign(acceptance(files), { expires: 'never' })))
    expect(exitCodeOf(verdict)).toBe(1)
  })
})

describe('An assembly that is not of Safe Harbor', () => {
  const statusOf = (change: (files: AssemblyFiles) => void) => {
    const { findings } = only(judged(broken(change)).subjects)
    return findings.filter(({ control }) => control === 'hipaa-pack-ran').map(({ status }) => status)
  }

  test.each<[string, string[], (files: AssemblyFiles) => void]>([
    ['whose pack ran leaves open over how much', ['undecided'], (files) => Reflect.deleteProperty(files, 'safe-harbor.json')],
    [
      'that no pack judged leaves that open',
      ['undecided'],
      (files) => {
        Reflect.deleteProperty(files, 'safe-harbor.json')
        Object.assign(files, { 'validation-report.json': { pluginReports: [] } })
      },
    ],
    [
      "that the gate's own plugin judged needs no pack",
      [],
      (files) => {
        Reflect.deleteProperty(files, 'safe-harbor.json')
        Object.assign(pack(files), { pluginName: 'Safe-Harbor', suppressedViolations: [] })
      },
    ],
  ])('%s', (_says, statuses, change) => {
    expect(statusOf(change)).toEqual(statuses)
  })
})

describe('A template', () => {
  const withDigest = (digest: string) =>
    broken((files) =>
      Object.assign(files, { 'records.assets.json': { files: { [digest]: { source: { path: 'records.template.json' } } } } }),
    )

  test('that was changed after synthesis fails', () => {
    expect(controlsOf(only(judged(withDigest('0'.repeat(64))).subjects).findings)).toEqual(['template-unchanged'])
  })

  test('that is as its assets name it passes', () => {
    const digest = only(only(judged(broken(() => undefined)).subjects).templates).digest
    expect(only(judged(withDigest(digest)).subjects).passes).toContainEqual(
      expect.objectContaining({ control: 'template-unchanged', value: digest }),
    )
  })
})

describe('A finding tells its evidence', () => {
  test('resource, file, line and citations', () => {
    const verdict = judged(broken((files) => pack(files).violations.push(violation('S3BucketLoggingEnabled', 'records/Store/Resource'))))
    const finding = only(verdict.subjects).findings.find(({ status }) => status === 'fail')
    expect(finding).toMatchObject({
      resource: { logicalId: 'Store', type: 'AWS::S3::Bucket', path: 'records/Store/Resource' },
      file: 'records.template.json',
      line: 15,
      citations: ['164.308(a)(7)(i)', '164.312(b)'],
    })
  })

  test('the line of a foothold', () => {
    const verdict = judged(
      broken((files) => Object.assign(files['records.template.json'].Resources.Store?.Properties ?? {}, { Old: '999988887777' })),
    )
    expect(only(verdict.subjects).findings.find(({ control }) => control === 'no-foothold')).toMatchObject({
      file: 'records.template.json',
      line: 22,
    })
  })
})

describe('There is no verdict, and exit code 2, on', () => {
  test.each<[string, (files: Record<string, unknown>) => void, RegExp]>([
    ['a folder without an assembly', (files) => Reflect.deleteProperty(files, 'manifest.json'), /manifest\.json does not exist.*cdk synth/],
    ['a manifest that is no JSON', (files) => Object.assign(files, { 'manifest.json': '{' }), /manifest\.json cannot be read as JSON/],
    [
      'a template that is missing',
      (files) => Reflect.deleteProperty(files, 'records.template.json'),
      /records\.template\.json does not exist/,
    ],
    [
      'a template without resources',
      (files) => Object.assign(files, { 'records.template.json': {} }),
      /records\.template\.json:1: there is no Resources section/,
    ],
    [
      'facts of another form',
      (files) => Object.assign(files, { 'safe-harbor.json': { schema: 'other' } }),
      /safe-harbor\.json is not what it should be/,
    ],
    ['an assembly with nothing in it', (files) => Object.assign(files, { 'manifest.json': { artifacts: {} } }), /no resource to judge/],
  ])('%s', (_says, change, message) => {
    const verdict = judged(broken(change as unknown as (files: AssemblyFiles) => void))
    expect(exitCodeOf(verdict)).toBe(2)
    expect(only(verdict.subjects).error).toMatch(message)
  })

  test('no input at all', () => {
    expect(exitCodeOf(judge([], options))).toBe(2)
  })

  test('one unreadable input among readable ones, which are judged all the same', () => {
    const verdict = judge([writeAssembly(perfectAssembly() as unknown as Record<string, unknown>), '/nowhere'], options)
    expect([exitCodeOf(verdict), verdict.subjects.map((subject) => subject.verdict)]).toEqual([2, ['pass', 'unreadable']])
  })
})

const controlsOf = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.filter(({ status }) => status === 'fail').map(({ control }) => control)),
]
