import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../lib/gate/verdict.ts'
import { applyWaivers } from '../../../lib/gate/waivers/apply-waivers.ts'
import type { NamedFinding, WaivableSubject, Waiver } from '../../../lib/gate/waivers/waiver.ts'
import { assemblyWith, fileOf, findingWith, templateWith, today, waiverOf } from './findings.ts'

const finding = findingWith()
const subject = templateWith([finding])

const applied = (waivers: readonly Waiver[], subjects: readonly WaivableSubject[] = [subject]) =>
  applyWaivers(subjects, fileOf(...waivers), today)
const statuses = (subjects: readonly WaivableSubject[]) => subjects.flatMap(({ findings }) => findings.map(({ status }) => status))
const problemsOf = (change: Partial<Waiver>, subjects?: readonly WaivableSubject[]) =>
  applied([waiverOf(subject, [finding], change)], subjects).problems
const named = (change: Partial<NamedFinding>): NamedFinding => ({
  file: 'stores.yaml',
  resource: 'Store',
  fingerprint: finding.fingerprint,
  line: 3,
  ...change,
})

describe('A waiver that names a finding', () => {
  const { subjects, problems, accepted } = applied([waiverOf(subject, [finding])])

  test('accepts it', () => {
    expect([statuses(subjects), problems]).toEqual([['waived'], []])
  })

  test('is listed with who signed for it, in the subject and over all', () => {
    const listed = {
      rule: 's3-bucket-versioning',
      kind: 'AWS::S3::Bucket',
      matches: 1,
      owner: 'records team',
      approver: 'security',
      expires: '2027-06-30',
      daysLeft: 211,
      citations: ['164.308(a)(7)(ii)(A)'],
    }
    expect(accepted).toMatchObject([listed])
    expect(subjects[0]?.accepted).toMatchObject([listed])
  })

  test('accepts what is undecided too', () => {
    const open = findingWith({ status: 'undecided' })
    const { subjects, problems } = applied([waiverOf(subject, [open])], [templateWith([open])])
    expect([statuses(subjects), problems]).toEqual([['waived'], []])
  })

  test('accepts a finding of another rule pack, which is named by its construct path where nothing more is known', () => {
    const pack = (path: string) =>
      findingWith({ control: 'HIPAA.Security-S3BucketLoggingEnabled', value: undefined, resource: { logicalId: '', type: '', path } })
    const [mine, other] = [pack('records/Store'), pack('records/Other')]
    const assembly = assemblyWith([mine, other])
    const { subjects, problems } = applied([waiverOf(assembly, [mine])], [assembly])
    expect([mine.fingerprint === other.fingerprint, statuses(subjects), problems]).toEqual([true, ['waived', 'fail'], []])
  })

  test('accepts a finding about an input as a whole', () => {
    const whole = findingWith({ control: 'template-seen-whole', resource: undefined as never })
    const { resource: _none, ...without } = whole
    const { subjects, problems } = applied([waiverOf(subject, [without])], [templateWith([without])])
    expect([statuses(subjects), problems]).toEqual([['waived'], []])
  })

  test('leaves what the app accepts by its own list as it is, and is stale beside it', () => {
    const own = templateWith([findingWith({ status: 'waived' })])
    const { subjects, problems } = applied([waiverOf(own, [finding])], [own])
    expect(subjects).toEqual([own])
    expect(problems).toMatchObject([{ control: 'waiver-stale', message: expect.stringMatching(/own list accepts it already/) }])
  })
})

describe('An old waiver covers no new resource', () => {
  test('in another template with the same logical ids and values', () => {
    const twin = templateWith([findingWith({ file: 'twin.yaml' })], 'twin.yaml')
    expect(statuses(applied([waiverOf(subject, [finding])], [subject, twin]).subjects)).toEqual(['waived', 'fail'])
  })

  test('in another assembly with a template of the same name', () => {
    const [one, other] = [assemblyWith([finding], 'one/cdk.out'), assemblyWith([finding], 'two/cdk.out')]
    const { subjects, problems } = applied([waiverOf(one, [finding])], [one, other])
    expect([statuses(subjects), problems.map(({ control }) => control)]).toEqual([['fail', 'fail'], ['waiver-over-broad']])
  })

  test('that claims its construct path', () => {
    const [mine, forged] = ['stores.yaml', 'forged.yaml'].map((file) =>
      templateWith([findingWith({ file, resource: { logicalId: 'Store', type: 'AWS::S3::Bucket', path: 'records/Store' } })], file),
    ) as [WaivableSubject, WaivableSubject]
    expect(statuses(applied([waiverOf(mine, mine.findings)], [mine, forged]).subjects)).toEqual(['waived', 'fail'])
  })

  test('under the same logical id, where a finding has another value', () => {
    const changed = findingWith({ value: 'Off', message: 'VersioningConfiguration.Status is "Off".' })
    const { subjects, problems } = applied([waiverOf(subject, [finding])], [templateWith([changed])])
    expect(statuses(subjects)).toEqual(['fail'])
    expect(problems).toMatchObject([{ control: 'waiver-stale', file: 'waivers.yaml', line: 3 }])
    expect(problems[0]?.message).toMatch(/value changed.*is "Off".*fingerprint/)
    expect(problems[0]?.message).toContain(changed.fingerprint)
  })

  test('though a path is written in another way', () => {
    const dotted = { ...assemblyWith([finding]), path: './cdk.out/' }
    expect(statuses(applied([waiverOf(assemblyWith([]), [finding])], [dotted]).subjects)).toEqual(['waived'])
  })
})

const wrong: readonly (readonly [says: string, control: string, change: Partial<Waiver>, message: RegExp])[] = [
  ['has expired', 'waiver-expired', { expires: '2026-11-30' }, /on Store in stores\.yaml expired on 2026-11-30/],
  ['lasts longer than 366 days', 'waiver-too-long', { expires: '2027-12-03' }, /367 days from today/],
  ['ends on no date', 'waiver-incomplete', { expires: 'never' }, /no date/],
  ['ends on a day that no month has', 'waiver-incomplete', { expires: '2027-02-30' }, /no date/],
  ['has no owner', 'waiver-incomplete', { owner: ' ' }, /has no owner/],
  ['has no approver', 'waiver-incomplete', { approver: '' }, /has no approver/],
  ['has a reason that does not show', 'waiver-incomplete', { reason: '\u200B\u200B\u200B\u00A0' }, /has no reason/],
  ['has nothing in its place', 'waiver-incomplete', { compensatingControl: 'TBD' }, /has no compensatingControl/],
  ['is approved by its owner', 'waiver-incomplete', { approver: 'Records\u00A0 Team ' }, /approved by its own owner/],
  ['is for a control of another name', 'waiver-stale', { control: 's3-bucket-replication' }, /no such finding/],
  ['is for a template that was not judged', 'waiver-stale', { findings: [named({ file: 'gone.yaml' })] }, /gone\.yaml was not judged/],
  [
    'names another resource',
    'waiver-stale',
    { findings: [named({ resource: 'Other' })] },
    /the fingerprint is that of a finding on Store in stores\.yaml/,
  ],
  [
    'names no resource',
    'waiver-stale',
    { findings: [{ file: 'stores.yaml', fingerprint: finding.fingerprint, line: 3 }] },
    /matches nothing/,
  ],
  ['has a wildcard as resource', 'waiver-over-broad', { findings: [named({ resource: '*' })] }, /wildcard in resource/],
  ['has a wildcard as file', 'waiver-over-broad', { findings: [named({ file: '*.yaml' })] }, /wildcard in file/],
  ['has a wildcard as control', 'waiver-over-broad', { control: 's3-*' }, /wildcard/],
  ['names more than it says', 'waiver-over-broad', { findings: [named({}), named({ resource: 'Other' })] }, /1 finding, but names 2/],
  ['says more than it names', 'waiver-stale', { matches: 2 }, /is for 2 findings, and s3-bucket-versioning has 1 there/],
  ['names a finding twice', 'waiver-duplicate', { findings: [named({}), named({})], matches: 2 }, /twice/],
  ['is for a template that was changed after synthesis', 'waiver-never-acceptable', { control: 'template-unchanged' }, /cannot stand/],
  ['is for a public database', 'waiver-never-acceptable', { control: 'rds-public' }, /opens data to strangers/],
  ['is for the kill switch', 'waiver-never-acceptable', { control: 'kill-switch' }, /switches the rules off/],
  ['is for a waiver', 'waiver-never-acceptable', { control: 'waiver-expired' }, /exceptions/],
]

describe('A waiver accepts nothing, and fails, that', () => {
  test.each(wrong)('%s', (_says, control, change, message) => {
    const { subjects, problems } = applied([waiverOf(subject, [finding], change)])
    expect(statuses(subjects)).toEqual(['fail'])
    expect(problems.find((problem) => problem.control === control)?.message).toMatch(message)
    expect(problems.every(({ status, file }) => status === 'fail' && file === 'waivers.yaml')).toBe(true)
  })

  test('says one thing while two findings of one place have its fingerprint', () => {
    const twice = templateWith([finding, findingWith({ line: 9 })])
    expect(problemsOf({}, [twice])).toMatchObject([
      { control: 'waiver-over-broad', property: 'waivers s3-bucket-versioning stores.yaml Store matches', value: 1 },
    ])
    expect(problemsOf({ matches: 2 }, [twice])).toEqual([])
  })

  test('names what another names too, whichever is written first', () => {
    const { subjects, problems } = applied([waiverOf(subject, [finding]), waiverOf(subject, [finding], { line: 12 })])
    expect([statuses(subjects), problems.map(({ control }) => control)]).toEqual([['fail'], ['waiver-duplicate', 'waiver-duplicate']])
  })
})

test('A waiver holds on its last day, and may last 366 days', () => {
  expect([problemsOf({ expires: '2026-12-01' }), problemsOf({ expires: '2027-12-02' })]).toEqual([[], []])
})

test('A template that is judged on its own and as a nested stack is one template, and its finding one finding', () => {
  const parent = {
    ...templateWith([finding], 'parent.yaml'),
    templates: [...subject.templates, { file: 'parent.yaml', digest: '', resources: 1 }],
  }
  const { subjects, problems } = applied([waiverOf(subject, [finding])], [subject, parent])
  expect([statuses(subjects), problems]).toEqual([['waived', 'waived'], []])
})

describe('One waiver for several alike findings', () => {
  const alike = ['A', 'B', 'C'].map((logicalId) => findingWith({ resource: { logicalId, type: 'AWS::S3::Bucket' } }))
  const three = templateWith(alike)

  test('accepts each that it names', () => {
    const { subjects, problems, accepted } = applied([waiverOf(three, alike)], [three])
    expect([statuses(subjects), problems, accepted.map(({ matches }) => matches)]).toEqual([['waived', 'waived', 'waived'], [], [3]])
  })

  test('does not reach a fourth', () => {
    const four = templateWith([...alike, finding])
    expect(statuses(applied([waiverOf(four, alike)], [four]).subjects)).toEqual(['waived', 'waived', 'waived', 'fail'])
  })

  test('accepts none once one of them is mended, and names that one', () => {
    const { subjects, problems } = applied([waiverOf(three, alike)], [templateWith(alike.slice(0, 2))])
    expect(statuses(subjects)).toEqual(['fail', 'fail'])
    expect(problems).toMatchObject([{ control: 'waiver-stale', message: expect.stringMatching(/on C in stores\.yaml matches nothing/) }])
  })
})

describe('Where the class of data decides', () => {
  const open = findingWith({ control: 's3-bucket-policy-public-read' })
  const website = templateWith([open])
  const judgedAs = (dataClass: 'no-data' | 'patient-data' | undefined): readonly [Finding['status'] | undefined, readonly string[]] => {
    const { subjects, problems } = applyWaivers([website], fileOf(waiverOf(website, [open])), today, () => dataClass)
    return [statuses(subjects)[0], problems.map(({ message }) => message)]
  }

  test('public objects without data can be accepted', () => {
    expect(judgedAs('no-data')).toEqual(['waived', []])
  })

  test.each(['patient-data', undefined] as const)('public objects of %s cannot', (dataClass) => {
    expect(judgedAs(dataClass)).toEqual([
      'fail',
      [expect.stringMatching(/opens data to strangers, and (it holds patient-data|nobody says)/)],
    ])
  })
})
