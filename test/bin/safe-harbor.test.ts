import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { run } from '../../bin/run.ts'
import { perfectAssembly, violation, writeAssembly } from '../gate/perfect-assembly.ts'
import { recordingTerminal } from './recording-terminal.ts'
import { runCommand, spawnCommand, spawnUnread } from './run-command.ts'

const assembly = writeAssembly(failingAssembly() as unknown as Record<string, unknown>)
const templates = writeAssembly({
  'clean.yaml': 'Resources:\n  Ready:\n    Type: AWS::CloudFormation::WaitConditionHandle\n',
  'failing.yaml': failingTemplate(),
  'waivers.yaml': 'schema: safe-harbor-waivers/1\nwaivers: []\n',
  'broken.json': '{\n  "Resources": {\n',
  'reader.yaml': readerTemplate(),
})
const clean = join(templates, 'clean.yaml')
const failing = join(templates, 'failing.yaml')

function failingTemplate(): string {
  return `Parameters:
  Stage:
    Type: String
    Default: test
  Key:
    Type: String
Conditions:
  Live: !Equals [!Ref Stage, live]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      AvailabilityZone: us-east-1a
      Size: 10
      Encrypted: !If [Live, true, false]
      KmsKeyId: !Ref Key
`
}

function readerTemplate(): string {
  const statement = { Sid: 'Read', Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::records/*' }
  const PolicyDocument = { Version: '2012-10-17', Statement: [statement] }
  return JSON.stringify({ Resources: { Reader: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument, Roles: ['reader'] } } } })
}

function failingAssembly() {
  const files = perfectAssembly()
  files['validation-report.json'].pluginReports[0]?.violations.push(violation('S3BucketLoggingEnabled', 'records/Store/Resource'))
  files['safe-harbor.json'].context['@aws-cdk/core:failSynthOnValidationErrors'] = false
  return files
}

/** What people see must not change unnoticed: every line is compared with the file in golden/. */
const screens: readonly (readonly [name: string, args: readonly string[], status: number])[] = [
  ['help', ['--help'], 0],
  ['help-rehearse', ['rehearse', '--help'], 0],
  ['help-gate', ['gate', '--help'], 0],
  ['help-prepare', ['prepare', '--help'], 0],
  ['help-serve', ['serve', '--help'], 0],
  ['help-offline', ['offline', '--help'], 0],
  ['help-online', ['online', '--help'], 0],
  ['help-revoke-sessions', ['revoke-sessions', '--help'], 0],
  ['help-ledger', ['ledger', '--help'], 0],
  ['help-ledger-verify', ['ledger', 'verify', '--help'], 0],
  ['help-erase', ['erase', '--help'], 0],
  ['help-erase-patient', ['erase', 'patient', '--help'], 0],
  ['erase-unconfirmed', ['erase', 'patient', 'sandbox', 'k3v9q2mx7t4z', 'n5t8c2wq7r4fy0kd'], 2],
  ['no-command', [], 2],
  ['unknown-command', ['judge'], 2],
  ['unknown-option', ['gate', '--fast'], 2],
  ['unknown-format', ['gate', '--format', 'pdf'], 2],
  ['unknown-environment', ['rehearse', 'staging'], 2],
  ['help-explain', ['explain', '--help'], 0],
  ['explain', ['explain', 'ec2-volume-encrypted'], 0],
  ['explain-unknown', ['explain', 'no-such-control'], 2],
  ['gate-clean', ['gate', clean], 0],
  ['gate-failing', ['gate', failing], 1],
  ['gate-broken', ['gate', join(templates, 'broken.json'), clean], 2],
  ['gate-no-waivers', ['gate', clean, '--waivers', join(templates, 'none.yaml')], 2],
  ['gate-reference-of-several', ['gate', templates, '--reference', join(templates, 'waivers.yaml')], 2],
  ['gate-no-reference', ['gate', clean, '--reference', join(templates, 'waivers.yaml')], 2],
  ['gate-nothing-there', ['gate', '/nowhere'], 2],
  ['revoke-sessions-offline', ['revoke-sessions', 'sandbox', '--offline'], 0],
  ['offline-print', ['offline', 'sandbox', '--print'], 0],
]

describe('The command line', () => {
  test.each(screens)('shows %s', async (name, args, status) => {
    const result = await runCommand(args)
    const screen = `$ safe-harbor ${args.join(' ')}\n${result.stdout}${result.stderr}exit code ${result.status}\n`
    await expect(stable(screen)).toMatchFileSnapshot(`../golden/${name}.txt`)
    expect(result.status).toBe(status)
  })

  test('writes the verdict as JSON to a file and says so in one line', async () => {
    const file = join(templates, 'verdict.out')
    const { status, stdout } = await runCommand(['gate', clean, '--format', 'json', '--output', file])
    expect([status, stdout]).toEqual([
      0,
      `pass: 0 findings and 0 undecided in 1 resources of 1 templates, 0 accepted. Written to ${file}.\n`,
    ])
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      schema: 'safe-harbor-verdict/1',
      verdict: 'pass',
      subjects: [{ path: clean, kind: 'template', findings: [], templates: [{ resources: 1 }] }],
    })
  })

  test('writes what policies grant, and refuses what grants more from then on', async () => {
    const [template, file] = [join(templates, 'reader.yaml'), join(templates, 'written.yaml')]
    const controls = async (...options: readonly string[]) =>
      [...(await runCommand(['gate', template, ...options])).stdout.matchAll(/reference-[a-z-]+/g)].map(([id]) => id)
    expect(await controls('--write-reference', file)).toEqual([])
    expect(await controls('--reference', file)).toEqual([])
    writeFileSync(file, readFileSync(file, 'utf8').replace('s3:*', 's3:GetObject'))
    // What is written does not count before somebody looked at it.
    expect(await controls('--reference', file, '--write-reference', file)).toEqual(['reference-no-new-access'])
    expect(await controls('--reference', file)).toEqual([])
  })

  test('writes a page that asks nothing of any network and runs no script', async () => {
    const file = join(templates, 'verdict.html')
    expect((await runCommand(['gate', assembly, '--format', 'html', '--output', file])).status).toBe(1)
    const page = readFileSync(file, 'utf8')
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import/)
    expect(page).toContain('Not clean. At least one finding is open.')
  })

  test('is coloured where the terminal takes colours, and says the same', async () => {
    const colored = recordingTerminal({ color: true })
    await run(['gate', failing], colored.terminal)
    const plain = await runCommand(['gate', failing])
    expect(colored.result().stdout).not.toBe(plain.stdout)
    expect(stripVTControlCharacters(colored.result().stdout)).toBe(plain.stdout)
  })
})

describe('A process of the command line', () => {
  // The screens above are those of this process; what users start must say and end the same.
  test.each([
    [0, ['gate', clean]],
    [1, ['gate', failing]],
    [2, ['judge']],
  ])('says what the screens say, and ends with %i', async (status, args) => {
    const result = await spawnCommand(args)
    expect(result).toEqual(await runCommand(args))
    expect(result.status).toBe(status)
  })

  test('says nothing of it, and ends well, when nobody reads what it prints', async () => {
    expect(await spawnUnread(['--help'])).toEqual({ status: 0, stderr: '' })
  })
})

// Folders and days differ from run to run.
const stable = (text: string): string =>
  text
    .replaceAll(templates, '<templates>')
    .replaceAll(assembly, '<assembly>')
    .replaceAll(/\d+ days left/g, '<n> days left')
    .replaceAll(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<now>')
    .replaceAll(/20\d\d-\d\d-\d\d/g, '<day>')
