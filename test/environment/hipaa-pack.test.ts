import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { waiversFileOf } from '../../lib/config/waivers-file.ts'
import { buildEnvironment } from '../../lib/environment/index.ts'
import { acceptances } from '../../lib/environment/judgement/acceptance.ts'
import { acceptedFindings } from '../../lib/environment/judgement/accepted-findings.ts'
import { HipaaPack } from '../../lib/environment/judgement/hipaa-pack.ts'
import { openApp, synthesize } from '../../lib/environment/synthesize.ts'
import { judge } from '../../lib/gate/judge.ts'
import type { Subject } from '../../lib/gate/verdict.ts'
import { readWaivers } from '../../lib/gate/waivers/read-waivers.ts'
import { exampleProduction, exampleTrial } from '../config/example-environments.ts'
import { testContext } from './synthesized.ts'

// Production first: the library's validator compiles its rules again for an environment with types of resources that the one before had not.
describe.each(['production', 'sandbox'] as const)('The HIPAA pack and the gate over every stack of %s', (environment) => {
  const outdir = mkdtempSync(join(tmpdir(), 'pack-'))
  let subject: Subject | undefined
  let problems: readonly string[] = []
  beforeAll(() => {
    vi.stubEnv('CDK_VALIDATION', undefined)
    try {
      synthesize(openApp({ outdir, context: { ...testContext, '@aws-cdk/core:appMode': 'inmemory' } }), loadEnvironment(environment))
    } catch (error) {
      if ((error as Error).name !== 'ValidationFailed') throw error
    }
    const file = waiversFileOf(environment)
    const verdict = judge([outdir], { today: new Date(), strict: true, waivers: file === undefined ? undefined : readWaivers(file) })
    subject = verdict.subjects[0]
    problems = verdict.waivers?.findings.map(({ message }) => message) ?? []
    vi.unstubAllEnvs()
  })

  test('finds nothing that is open', () => {
    expect(
      subject?.findings
        .filter(({ status }) => status !== 'waived')
        .map(({ control, resource, message }) => [control, resource?.path, message]),
    ).toEqual([])
    expect(subject?.verdict).toBe('pass')
  })

  test('accepts nothing by a waiver that does not hold', () => {
    expect(problems).toEqual([])
  })

  test('looked nothing up in any account', () => {
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as { missing?: unknown }
    expect(manifest.missing).toBeUndefined()
  })

  test('judged every resource of every stack', () => {
    expect(subject?.stacks.every(({ resources }) => resources > 0)).toBe(true)
    expect(subject?.passes.filter(({ control }) => control === 'hipaa-pack-complete')).toHaveLength(subject?.stacks.length ?? 0)
  })

  test('leaves a finding in the report for every match that is accepted', () => {
    const waived = subject?.findings.filter(({ status }) => status === 'waived') ?? []
    expect(waived).toHaveLength(subject?.accepted.reduce((sum, { matches }) => sum + matches, 0) ?? 0)
  })
})

test('Fewer than fifteen findings are accepted, and each is of use somewhere', () => {
  expect(acceptedFindings.length).toBeLessThan(15)
  const examples = [exampleTrial, exampleProduction]
  expect(acceptedFindings.filter(({ matches }) => examples.every((config) => matches(config) === 0))).toEqual([])
})

describe.each(['sandbox', 'production'] as const)('In %s, were it not accepted, the HIPAA pack would find open', (environment) => {
  const app = openApp({ context: testContext })
  const config = loadEnvironment(environment)
  buildEnvironment(app, config)
  const open = new HipaaPack()
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath ?? '' })),
    )
  const ofPack = acceptedFindings.filter(({ rule }) => rule.startsWith('HIPAA.Security-'))

  test.each(ofPack.map((entry) => [entry.rule, entry.kind.name, entry] as const))(
    '%s on %s, exactly as often as it says',
    (_rule, _kind, entry) => {
      expect(acceptances(app, config, [entry], open)[0]?.matched).toHaveLength(entry.matches(config))
    },
  )

  test('nothing else', () => {
    const accepted = acceptances(app, config, ofPack, open).flatMap(({ rule, matched }) => matched.map((path) => ({ rule, path })))
    const order = (found: typeof open) => found.map(({ rule, path }) => `${rule} on ${path}`).sort()
    expect(order(open)).toEqual(order(accepted))
  })
})
