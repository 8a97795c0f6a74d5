import { expect, test } from 'vitest'
import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { isMadeFor } from '../environment/claims/claim.ts'
import { claims } from '../environment/claims/index.ts'
import { templatesOf } from '../environment/synthesized.ts'
import { byClaims, byHipaaPack } from './judges.ts'
import { type Mutant, mutantsOf, type PlainTemplate } from './mutants.ts'
import { type Harmless, harmless, reasonFor } from './survivors.ts'

/**
 * Breaks every property of every resource of an environment in turn, and fails for a change that neither a claim nor the HIPAA pack
 * notices, and for a reason to let one pass that explains none.
 */
export function mutate(environment: 'sandbox' | 'production'): void {
  const config = loadEnvironment(environment)
  const needed = new Set<Harmless>()
  test.each([...templatesOf(environment)])(`${environment}: no change to %s goes unnoticed`, (stack, template) => {
    const plain = template.toJSON() as unknown as PlainTemplate
    const made = claims.filter((claim) => claim.stack === stack && isMadeFor(claim, config))
    const byClaim = byClaims(made, config)
    const byPack = byHipaaPack(plain)
    // A claim that fails anyway would notice everything.
    expect(byClaim(plain)).toBeUndefined()
    const mutants = mutantsOf(plain)
    const unclaimed = mutants.filter((mutant) => byClaim(mutant.apply(plain)) === undefined)
    const survivors = unclaimed.filter((mutant) => byPack(mutant.apply(plain)) === undefined)
    const reasons = survivors.map(reasonFor).filter((reason) => reason !== undefined)
    const unexplained = survivors.filter((mutant) => reasonFor(mutant) === undefined)
    for (const reason of reasons) needed.add(reason)
    console.log(
      [
        `${environment} ${stack}: ${mutants.length} mutants, ${mutants.length - unclaimed.length} noticed by claims, ${unclaimed.length - survivors.length} by the HIPAA pack alone, ${reasons.length} harmless, ${unexplained.length} unexplained`,
        ...[...new Set(reasons)].map((reason) => `  ${reasons.filter((one) => one === reason).length} harmless: ${reason.because}`),
        ...unexplained.map((mutant) => `  unexplained: ${describe(mutant)}`),
      ].join('\n'),
    )
    expect(unexplained.map(describe)).toEqual([])
  })

  test(`${environment}: every reason to let a change pass is needed`, () => {
    expect(harmless.filter((reason) => !needed.has(reason)).map(({ because }) => because)).toEqual([])
  })
}

const describe = ({ logicalId, type, path, change }: Mutant): string => `${type} ${logicalId}${path === '' ? '' : ` ${path}`} ${change}`
