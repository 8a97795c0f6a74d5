import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import { readAccessReference } from '../../lib/gate/reference/reference-file.ts'
import { byGate, type GateJudge } from './gate-judge.ts'
import { type Explained, explained, explanationOf } from './gate-survivors.ts'
import type { Mutant, PlainTemplate } from './mutants.ts'
import { securityMutantsOf } from './security-mutants.ts'

/** A mutant, the stack it was made of, and the control that rejects it; undefined where none does. */
interface Judged {
  readonly stack: string
  readonly mutant: Mutant
  readonly control: string | undefined
}

/** Least share of mutants that the gate rejects. */
const leastShare = 0.98
/** Every so manieth mutant is judged again with everything at once. */
const sampled = 97

/** Ids of the stacks to weaken, of the environment variable `STACKS`; undefined for all of them. */
const chosen = process.env['STACKS']?.split(',')

/**
 * Weakens every security property of these templates in turn and asks the gate. Fails when too many survive, when a survivor is unexplained, and
 * when judging in parts gives another answer than judging everything.
 * @returns the reasons that explained a survivor, complete when the tests have run
 */
export function weaken(name: string, config: EnvironmentConfig, templates: ReadonlyMap<string, Template>): ReadonlySet<Explained> {
  const needed = new Set<Explained>()
  describe(`${name}: the gate rejects templates that were weakened`, () => {
    const plain = new Map([...templates].map(([stack, template]) => [stack, template.toJSON() as unknown as PlainTemplate]))
    let all: readonly Judged[] = []
    test('each mutant is judged', () => {
      const gate = byGate(config, plain, readAccessReference(`lib/config/references/${name}.yaml`))
      all = [...plain].filter(([stack]) => chosen?.includes(stack) ?? true).flatMap(([stack, template]) => judged(gate, stack, template))
      console.log(tableOf(name, all))
      const differing = all.filter(({ stack, mutant, control }, index) => {
        const template = plain.get(stack)
        return (
          index % sampled === 0 && template !== undefined && gate.rejectsAtOnce(stack, mutant.apply(template)) !== (control !== undefined)
        )
      })
      expect(differing.map(named)).toEqual([])
    })
    test('nearly all that weakens it is rejected', () => {
      expect(shareOf(all)).toBeGreaterThanOrEqual(leastShare)
    })
    test('each survivor is explained', () => {
      const survivors = all.filter(({ control }) => control === undefined)
      for (const { mutant } of survivors) {
        const reason = explanationOf(mutant)
        if (reason !== undefined) needed.add(reason)
      }
      console.log(survivorsOf(survivors))
      expect(survivors.filter(({ mutant }) => explanationOf(mutant) === undefined).map(named)).toEqual([])
    })
  })
  return needed
}

/** Fails for an explanation that explains no survivor of any environment; says nothing when only some stacks were weakened. */
export const eachExplanationIsNeeded = (...needed: readonly ReadonlySet<Explained>[]): void =>
  test.skipIf(chosen !== undefined)('every explanation of a survivor is needed', () => {
    expect(explained.filter((reason) => !needed.some((set) => set.has(reason))).map(({ because }) => because)).toEqual([])
  })

const judged = (gate: GateJudge, stack: string, template: PlainTemplate): readonly Judged[] =>
  securityMutantsOf(template).map((mutant) => ({ stack, mutant, control: gate.rejects(stack, mutant.apply(template)) }))

const shareOf = (these: readonly Judged[]): number =>
  these.filter(({ control }) => control !== undefined).length / Math.max(these.length, 1)

const named = ({ stack, mutant: { type, logicalId, path, change } }: Judged): string => `${stack} ${type} ${logicalId} ${path} ${change}`

function tableOf(name: string, all: readonly Judged[]): string {
  const line = (what: string, these: readonly Judged[]): string => {
    const left = these.filter(({ control }) => control === undefined).length
    const counts = [these.length, these.filter(byReferenceAlone).length, left]
    return `${what.padEnd(58)} ${counts.map((count) => String(count).padStart(9)).join(' ')}`
  }
  const types = [...new Set(all.map(({ mutant }) => mutant.type))].sort()
  return [
    `${name.padEnd(58)}   mutants by reference survivors`,
    ...types.map((type) =>
      line(
        `  ${type}`,
        all.filter(({ mutant }) => mutant.type === type),
      ),
    ),
    line(`all, ${percent(shareOf(all))} rejected`, all),
    `Without the reviewed policies: ${percent(shareOf(all) - all.filter(byReferenceAlone).length / all.length)}.`,
  ].join('\n')
}

/** What no control notices that does not know the policies as they were reviewed. */
const byReferenceAlone = ({ control }: Judged): boolean => control?.startsWith('reference-') === true

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`

const survivorsOf = (survivors: readonly Judged[]): string =>
  survivors.map((survivor) => `survives: ${named(survivor)}: ${explanationOf(survivor.mutant)?.because ?? 'unexplained'}`).join('\n')
