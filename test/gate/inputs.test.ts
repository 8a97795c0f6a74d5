import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ResourceControl } from '../../lib/gate/checks/control.ts'
import { isOn } from '../../lib/gate/checks/expectations.ts'
import { propertyControls } from '../../lib/gate/checks/property-control.ts'
import { readDataMap } from '../../lib/gate/input/data-map.ts'
import { readParameters } from '../../lib/gate/input/read-parameters.ts'
import { type JudgeOptions, judge } from '../../lib/gate/judge.ts'
import { exitCodeOf, type Finding } from '../../lib/gate/verdict.ts'

const folder = mkdtempSync(join(tmpdir(), 'inputs-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes files below a new folder and returns it. */
function files(contents: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(folder, 'case-'))
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), content)
  }
  return home
}

// One control is enough to see what becomes of an input.
const encrypted: readonly ResourceControl[] = propertyControls([
  {
    id: 'test-volume-encrypted',
    title: 'Volumes are encrypted',
    topic: 'encryption-at-rest',
    severity: 'high',
    citations: ['164.312(a)(2)(iv)'],
    why: 'A test.',
    remedy: 'Set Encrypted to true.',
    type: 'AWS::EC2::Volume',
    path: 'Encrypted',
    expect: isOn,
    absent: 'fails',
    sensitiveOnly: true,
    passing: { Encrypted: true },
    failing: {},
  },
])
const judged = (path: string, options: Partial<JudgeOptions> = {}) =>
  judge([path], { today: new Date('2026-12-01'), controls: { resources: encrypted, deployments: [] }, ...options })
const volume = (encryption: string) => `Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: ${encryption}\n`
const failures = (findings: readonly Finding[]) => findings.map(({ control, status, line }) => `${control} ${status} ${line}`)
const only = (path: string, options: Partial<JudgeOptions> = {}) => {
  const { subjects } = judged(path, options)
  const [subject] = subjects
  if (subject === undefined || subjects.length > 1) throw new Error(`expected one subject, not ${subjects.length}`)
  return subject
}

describe('A template is judged', () => {
  test.each<[string, string, string, string[]]>([
    ['in YAML', 'a.yaml', volume('false'), ['test-volume-encrypted fail 5']],
    [
      'in JSON',
      'a.json',
      '{"Resources":{\n"Disk":{"Type":"AWS::EC2::Volume",\n"Properties":{\n"Encrypted":"false"}}}}',
      ['test-volume-encrypted fail 4'],
    ],
    ['where it passes', 'a.yml', volume('true'), []],
    [
      'where a short tag leaves it open',
      'a.template',
      `Parameters:\n  On:\n    Type: String\n${volume('!Ref On')}`,
      ['test-volume-encrypted undecided 8'],
    ],
    [
      'in both cases of a condition',
      'a.yaml',
      `Parameters:\n  Stage: {Type: String}\nConditions:\n  Live: !Equals [!Ref Stage, live]\n${volume('!If [Live, true, false]')}`,
      ['test-volume-encrypted fail 9'],
    ],
  ])('%s', (_says, name, text, found) => {
    expect(failures(only(join(files({ [name]: text }), name)).findings)).toEqual(found)
  })

  test('by the values that are given for its parameters, in any of the forms of the AWS tools', () => {
    const text = `Parameters:\n  On:\n    Type: String\n${volume('!Ref On')}`
    const home = files({
      'a.yaml': text,
      'plain.json': '{"On":"true"}',
      'list.json': '[{"ParameterKey":"On","ParameterValue":"true"}]',
      'pipeline.json': '{"Parameters":{"On":"true"}}',
    })
    for (const form of ['plain', 'list', 'pipeline'])
      expect(only(join(home, 'a.yaml'), { parameters: readParameters(join(home, `${form}.json`)) }).verdict).toBe('pass')
  })

  test('by what the data map says of a store', () => {
    const home = files({ 'a.yaml': volume('false'), 'map.json': '{"stores":[{"logicalId":"Disk","dataClass":"no-data"}]}' })
    expect(only(join(home, 'a.yaml'), { dataMap: readDataMap(join(home, 'map.json')) }).passes).toContainEqual(
      expect.objectContaining({ control: 'test-volume-encrypted', property: 'data class', value: 'no-data' }),
    )
  })

  test('with the nested stacks that lie beside it, and the values it gives them', () => {
    const home = files({
      'outer.yaml':
        'Resources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./inner.yaml\n      Parameters: {On: "false"}\n',
      'inner.yaml': `Parameters:\n  On: {Type: String, Default: "true"}\n${volume('!Ref On')}`,
    })
    expect(only(join(home, 'outer.yaml')).findings.map(({ file, line }) => `${file.replace(home, '')}:${line}`)).toEqual(['/inner.yaml:7'])
  })
})

describe('A folder is walked', () => {
  test('each template on its own, other files left out', () => {
    const home = files({
      'a.yaml': volume('true'),
      'deep/b.yaml': volume('false'),
      'package.json': '{"name":"x"}',
      'node_modules/c.yaml': volume('false'),
      'notes.yml': '- a\n- b\n',
      'settings.json': '{broken',
    })
    expect(judged(home).subjects.map(({ path, verdict }) => [path.replace(home, ''), verdict])).toEqual([
      ['/a.yaml', 'pass'],
      ['/deep/b.yaml', 'fail'],
    ])
  })

  test('without following links', () => {
    const home = files({ 'a.yaml': volume('true') })
    symlinkSync(home, join(home, 'round'))
    expect(judged(home).subjects).toHaveLength(1)
  })

  test('with nothing in it there is no verdict', () => {
    expect(exitCodeOf(judged(files({ 'read.me': 'x' })))).toBe(2)
  })
})

describe('Bad input gets a message with file and line, and the others are judged all the same', () => {
  const deep = (levels: number) =>
    `{"Resources":{"Disk":{"Type":"AWS::EC2::Volume","Properties":{"A":${'['.repeat(levels)}${']'.repeat(levels)}}}}}`
  test.each<[string, string, RegExp]>([
    ['broken JSON', '{"Resources":{\n"Disk":{"Type":"AWS::EC2::Volume",}\n}', /bad\.json:2: /],
    ['500 levels of nesting', deep(500), /bad\.json:1: .*200 levels/],
    ['50 MB', `{"Resources":{"Disk":"${' '.repeat(50_000_000)}"}}`, /bad\.json:1: .*larger than 8 MiB/],
    ['no template', '{"Resources":[]}', /bad\.json:1: .*no CloudFormation template/],
    ['nothing', '', /bad\.json:1: /],
  ])('%s', (_says, text, message) => {
    const home = files({ 'bad.json': text, 'good.yaml': volume('true') })
    const verdict = judge([join(home, 'bad.json'), join(home, 'good.yaml')], {
      today: new Date(),
      controls: { resources: encrypted, deployments: [] },
    })
    expect(verdict.subjects.map((subject) => subject.verdict)).toEqual(['unreadable', 'pass'])
    expect(verdict.subjects[0]?.error).toMatch(message)
    expect(exitCodeOf(verdict)).toBe(2)
  })

  test.each<[string, string, string[]]>([
    ['a reference to nothing', volume('!Ref Nothing'), ['template-references-exist fail 5', 'test-volume-encrypted undecided 5']],
    ['a condition that is not there', `${volume('true')}    Condition: Live\n`, ['template-references-exist fail 6']],
    [
      'resources that depend on each other in a circle',
      'Resources:\n  A: {Type: AWS::SNS::Topic, DependsOn: B}\n  B: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref A}}\n',
      ['template-without-circles fail 2'],
    ],
    ['a macro', `Transform: Own\n${volume('true')}`, ['template-seen-whole undecided 1']],
    ['a resource without a type', 'Resources:\n  Disk: {}\n  Other: {Type: AWS::SNS::Topic}\n', ['template-unambiguous fail 2']],
    [
      'a key that stands twice',
      `${volume('true')}      Encrypted: false\n`,
      ['template-unambiguous fail 6', 'test-volume-encrypted fail 6'],
    ],
    [
      'a nested stack that is elsewhere',
      'Resources:\n  In:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: "https://s3.amazonaws.com/b/t"}\n',
      ['template-seen-whole undecided 2'],
    ],
  ])('%s', (_says, text, found) => {
    const home = files({ 'a.yaml': text })
    expect(failures(only(join(home, 'a.yaml')).findings).sort()).toEqual(found)
  })

  test('undecided fails where the verdict is strict', () => {
    const home = files({ 'a.yaml': `Transform: Own\n${volume('true')}` })
    expect([exitCodeOf(judged(home)), exitCodeOf(judged(home, { strict: true }))]).toEqual([0, 1])
  })
})
