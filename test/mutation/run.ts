import type { Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import { isMadeFor } from '../environment/claims/claim.ts'
import { claims } from '../environment/claims/index.ts'
import { byClaims, byHipaaPack } from './judges.ts'
import { type Mutant, mutantsOf, type PlainTemplate } from './mutants.ts'
import { type Harmless, harmless, reasonFor } from './survivors.ts'

/** Ids of the stacks to break, of the environment variable `STACKS` (`STACKS=people,service npm run mutate`); undefined for all of them. */
const chosen = process.env['STACKS']?.split(',')

/**
 * Breaks every property of every resource of these templates in turn, and fails for a change that neither a claim nor the HIPAA pack
 * notices.
 * @returns the reasons that explained a survivor, complete when the tests have run
 */
export function mutate(name: string, config: EnvironmentConfig, templates: ReadonlyMap<string, Template>): ReadonlySet<Harmless> {
  const needed = new Set<Harmless>()
  const stacks = [...templates].filter(([stack]) => chosen?.includes(stack) ?? true)
  test.each(stacks)(`${name}: no change to %s goes unnoticed`, (stack, template) => {
    const plain = template.toJSON() as unknown as PlainTemplate
    const { mutants, unclaimed } = unnoticedByClaims(stack, config, plain)
    const byPack = byHipaaPack(plain)
    const reasons = unclaimed.map(reasonFor).filter((reason) => reason !== undefined)
    // The pack takes half a second for each: it is asked only of what nothing else explains.
    const unexplained = unclaimed.filter((mutant) => reasonFor(mutant) === undefined && byPack(mutant.apply(plain)) === undefined)
    for (const reason of reasons) needed.add(reason)
    const noticed = mutants - unclaimed.length
    const byPackAlone = unclaimed.length - reasons.length - unexplained.length
    console.log(
      [
        `${name} ${stack}: ${mutants} mutants, ${noticed} noticed by claims, ${byPackAlone} by the HIPAA pack alone, ${reasons.length} harmless, ${unexplained.length} unexplained`,
        ...[...new Set(reasons)].map((reason) => `  ${reasons.filter((one) => one === reason).length} harmless: ${reason.because}`),
        ...unexplained.map((mutant) => `  unexplained: ${describe(mutant)}`),
      ].join('\n'),
    )
    expect(unexplained.map(describe)).toEqual([])
  })
  return needed
}

/** Fails for a reason to let a change pass that explains none; says nothing when only some stacks were broken. */
export const eachReasonIsNeeded = (name: string, needed: ReadonlySet<Harmless>): void =>
  test.skipIf(chosen !== undefined)(`${name}: every reason to let a change pass is needed`, () => {
    expect(harmless.filter((reason) => !needed.has(reason)).map(({ because }) => because)).toEqual([])
  })

function unnoticedByClaims(
  stack: string,
  config: EnvironmentConfig,
  plain: PlainTemplate,
): { readonly mutants: number; readonly unclaimed: readonly Mutant[] } {
  const noticed = byClaims(
    claims.filter((claim) => claim.stack === stack && isMadeFor(claim, config)),
    config,
  )
  // A claim that fails anyway would notice everything.
  expect(noticed(plain)).toBeUndefined()
  const mutants = mutantsOf(plain)
  return { mutants: mutants.length, unclaimed: mutants.filter((mutant) => noticed(mutant.apply(plain)) === undefined) }
}

const describe = ({ logicalId, type, path, change }: Mutant): string => `${type} ${logicalId}${path === '' ? '' : ` ${path}`} ${change}`
