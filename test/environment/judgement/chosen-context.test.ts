import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { describe, expect, test } from 'vitest'
import { chosenContext } from '../../../lib/environment/judgement/chosen-context.ts'

const killSwitch = '@aws-cdk/core:failSynthOnValidationErrors'
const appWith = (context: Record<string, unknown>) => new App({ context: { other: 'kept', ...context } })
const commandLine = { CDK_CLI_VERSION: '2.1148.1' }

function repository(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'repository-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content))
  return folder
}

describe('The context as people chose it', () => {
  test('holds the kill switch that the app itself was given', () => {
    expect(chosenContext(appWith({ [killSwitch]: false }), {}, repository({}))).toMatchObject({ other: 'kept', [killSwitch]: false })
  })

  test('leaves out what the CDK command line sets by itself, and keeps the rest', () => {
    const chosen = chosenContext(appWith({ [killSwitch]: false }), commandLine, repository({ 'cdk.json': { context: {} } }))
    expect(chosen).toMatchObject({ other: 'kept' })
    expect(chosen).not.toHaveProperty([killSwitch])
  })

  test.each([
    ['cdk.json', { context: { [killSwitch]: false } }],
    ['cdk.context.json', { [killSwitch]: false }],
  ])('holds the kill switch that %s sets, under the CDK command line too', (file, content) => {
    expect(chosenContext(appWith({ [killSwitch]: false }), commandLine, repository({ [file]: content }))).toMatchObject({
      [killSwitch]: false,
    })
  })
})
