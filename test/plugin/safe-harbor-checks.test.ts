import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib'
import { CfnVolume } from 'aws-cdk-lib/aws-ec2'
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam'
import { beforeAll, describe, expect, test } from 'vitest'
import { judge } from '../../lib/gate/judge.ts'
import { accessAt } from '../../lib/gate/reference/access-at.ts'
import { accessReferenceText } from '../../lib/gate/reference/reference-file.ts'
import { waiverTemplate } from '../../lib/gate/waivers/waiver-template.ts'
import { SafeHarborChecks, type SafeHarborChecksProps } from '../../lib/plugin/safe-harbor-checks.ts'

interface Violation {
  readonly ruleName: string
  readonly violatingConstructs: readonly { readonly constructPath?: string }[]
}

/** Synthesizes an app with the plugin; the folder it wrote, and what the plugin reported. */
function synthesized(build: (app: App) => void, props: SafeHarborChecksProps = {}, outdir = mkdtempSync(join(tmpdir(), 'plugin-'))) {
  const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:appMode': 'inmemory' } })
  build(app)
  Validations.of(app).addPlugins(new SafeHarborChecks(props))
  let refused = false
  try {
    app.synth()
  } catch (error) {
    if ((error as Error).name !== 'ValidationFailed') throw error
    refused = true
  }
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: readonly { readonly pluginName: string; readonly violations: readonly Violation[] }[]
  }
  const violations = pluginReports.find(({ pluginName }) => pluginName === 'Safe-Harbor')?.violations ?? []
  const onVolumes = (rule: string) =>
    violations
      .filter(({ ruleName }) => ruleName === rule)
      .flatMap((one) => one.violatingConstructs.map(({ constructPath }) => constructPath))
  return { outdir, refused, rules: violations.map(({ ruleName }) => ruleName), onVolumes }
}

const encrypted = 'ec2-volume-encrypted'
const volume = (stack: Stack) => new CfnVolume(stack, 'Disk', { availabilityZone: 'us-east-1a', size: 1, encrypted: true })

describe('The plugin refuses at synthesis', () => {
  test('what an override did to a safe construct', () => {
    const { refused, onVolumes } = synthesized((app) => volume(new Stack(app, 'One')).addPropertyOverride('Encrypted', false))
    expect([refused, onVolumes(encrypted)]).toEqual([true, ['One/Disk']])
  })

  test('what a raw resource is', () => {
    const { onVolumes } = synthesized(
      (app) => new CfnResource(new Stack(app, 'One'), 'Raw', { type: 'AWS::EC2::Volume', properties: { AvailabilityZone: 'a' } }),
    )
    expect(onVolumes(encrypted)).toEqual(['One/Raw'])
  })

  test('what stands in a stage and in a nested stack', () => {
    const { onVolumes } = synthesized((app) => {
      const stack = new Stack(new Stage(app, 'Live'), 'One')
      volume(stack).addPropertyOverride('Encrypted', false)
      volume(new NestedStack(stack, 'Inner')).addPropertyOverride('Encrypted', false)
    })
    expect(onVolumes(encrypted).length).toBeGreaterThanOrEqual(2)
  })
})

describe('The plugin compares policies with their review', () => {
  const granting = (Action: string) => (app: App) =>
    new CfnManagedPolicy(new Stack(app, 'One'), 'Reader', {
      policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::records/*' }] },
      roles: ['reader'],
    })
  const reference = join(mkdtempSync(join(tmpdir(), 'reference-')), 'access.yaml')
  const rules = (action: string) => synthesized(granting(action), { reference }).rules.filter((rule) => rule.startsWith('reference-'))
  beforeAll(() => {
    const { outdir } = synthesized(granting('s3:Get*'))
    writeFileSync(reference, accessReferenceText(accessAt([outdir], { parameters: new Map(), dataMap: undefined })))
  })

  test('and lets pass what grants as much or less', () => {
    expect([rules('s3:Get*'), rules('s3:GetObject')]).toEqual([[], []])
  })

  test('and refuses what grants more', () => {
    expect(rules('s3:*')).toEqual(['reference-no-new-access'])
  })
})

describe('The plugin lets pass', () => {
  test('a safe construct, by the control that is about it', () => {
    expect(synthesized((app) => volume(new Stack(app, 'One'))).rules).not.toContain(encrypted)
  })

  test('what a reviewer accepted for the assembly, and nothing beside it', () => {
    const build = (app: App) => volume(new Stack(app, 'One')).addPropertyOverride('Encrypted', false)
    const { outdir, rules } = synthesized(build)
    const { subjects } = judge([outdir], { today: new Date() })
    const file = join(mkdtempSync(join(tmpdir(), 'waivers-')), 'waivers.yaml')
    const kept = subjects.map((subject) => ({ ...subject, findings: subject.findings.filter(({ control }) => control === encrypted) }))
    writeFileSync(file, signed(waiverTemplate(kept)))
    expect(synthesized(build, { waivers: file }).rules).toEqual(rules.filter((rule) => rule !== encrypted))
  })
})

/** A proposed file of waivers, filled in. */
function signed(proposed: string): string {
  const nextYear = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10)
  const values: Readonly<Record<string, string>> = {
    owner: 'records team',
    approver: 'security',
    reason: 'For a test.',
    compensatingControl: 'None is needed.',
    expires: nextYear,
  }
  return proposed.replaceAll(
    /^(\s*)(owner|approver|reason|compensatingControl|expires):.*$/gm,
    (_line, indent: string, name: string) => `${indent}${name}: ${values[name]}`,
  )
}
