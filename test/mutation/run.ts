import { expect, test } from 'vitest'
import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { claims } from '../environment/claims/index.ts'
import { templatesOf } from '../environment/synthesized.ts'
import { byClaims, byHipaaPack } from './judges.ts'
import { type Mutant, mutantsOf, type PlainTemplate } from './mutants.ts'
import { reasonFor } from './survivors.ts'

/** Breaks every property of every resource of an environment in turn, and fails for a change that neither a claim nor the HIPAA pack notices. */
export function mutate(environment: 'sandbox' | 'production'): void {
  const config = loadEnvironment(environment)
  test.each([...templatesOf(environment)])(`${environment}: no change to %s goes unnoticed`, (stack, template) => {
    const plain = template.toJSON() as unknown as PlainTemplate
    const made = claims.filter((claim) => claim.stack === stack && (claim.only ?? environment) === environment)
    const notices = [byClaims(made, config), byHipaaPack(plain)]
    const mutants = mutantsOf(plain)
    const survivors = mutants.filter((mutant) => !notices.some((notice) => notice(mutant.apply(plain)) !== undefined))
    const unexplained = survivors.filter((mutant) => reasonFor(mutant) === undefined)
    console.log(summary(environment, stack, mutants, survivors, unexplained))
    expect(unexplained.map(describe)).toEqual([])
  })
}

function summary(
  environment: string,
  stack: string,
  mutants: readonly Mutant[],
  survivors: readonly Mutant[],
  unexplained: readonly Mutant[],
): string {
  const reasons = groupBy(
    survivors.filter((mutant) => !unexplained.includes(mutant)),
    (mutant) => reasonFor(mutant)?.because ?? '',
  )
  return [
    `${environment} ${stack}: ${mutants.length} mutants, ${mutants.length - survivors.length} noticed, ${survivors.length - unexplained.length} harmless, ${unexplained.length} unexplained`,
    ...[...reasons].map(([because, mutants]) => `  ${String(mutants.length).padStart(4)} harmless: ${because}`),
    ...unexplained.map((mutant) => `  unexplained: ${describe(mutant)}`),
  ].join('\n')
}

const describe = ({ logicalId, type, path, change }: Mutant): string => `${type} ${logicalId}${path === '' ? '' : ` ${path}`} ${change}`

// Node 20 has no Map.groupBy.
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
