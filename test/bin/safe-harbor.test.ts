import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { perfectAssembly, violation, writeAssembly } from '../gate/perfect-assembly.ts'
import { runCommand } from './run-command.ts'

const clean = writeAssembly(perfectAssembly() as unknown as Record<string, unknown>)
const failing = writeAssembly(failingAssembly() as unknown as Record<string, unknown>)

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
  ['gate-clean', ['gate', clean], 0],
  ['gate-failing', ['gate', failing], 1],
  ['gate-nothing-there', ['gate', '/nowhere'], 2],
  ['revoke-sessions-offline', ['revoke-sessions', 'sandbox', '--offline'], 0],
  ['offline-print', ['offline', 'sandbox', '--print'], 0],
]

describe('The command line', () => {
  test.each(screens)('shows %s', async (name, args, status) => {
    const result = runCommand(args)
    const screen = `$ safe-harbor ${args.join(' ')}\n${result.stdout}${result.stderr}exit code ${result.status}\n`
    await expect(stable(screen)).toMatchFileSnapshot(`../golden/${name}.txt`)
    expect(result.status).toBe(status)
  })

  test('writes the verdict as JSON to a file and says so in one line', () => {
    const file = join(clean, 'verdict.json')
    const { status, stdout } = runCommand(['gate', clean, '--format', 'json', '--output', file])
    expect([status, stdout]).toEqual([0, `pass: 0 findings in 2 resources of 1 stacks, 1 accepted. Written to ${file}.\n`])
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      schema: 'safe-harbor-verdict/1',
      verdict: 'pass',
      subjects: [{ path: clean, findings: [{ status: 'waived' }] }],
    })
  })

  test('writes a page that asks nothing of any network and runs no script', () => {
    const file = join(failing, 'verdict.html')
    expect(runCommand(['gate', failing, '--format', 'html', '--output', file]).status).toBe(1)
    const page = readFileSync(file, 'utf8')
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import/)
    expect(page).toContain('Not clean. At least one finding is open.')
  })
})

// Folders and days differ from run to run.
const stable = (text: string): string =>
  text
    .replaceAll(clean, '<clean>')
    .replaceAll(failing, '<failing>')
    .replaceAll(/\d+ days left/g, '<n> days left')
    .replaceAll(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<now>')
    .replaceAll(/20\d\d-\d\d-\d\d/g, '<day>')
