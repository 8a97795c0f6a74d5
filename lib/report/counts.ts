import { soonDays, type Verdict } from '../gate/verdict.ts'

/** What was counted, with the words to show it by, in the order of showing. */
export const counted = ({
  counts,
  reference,
}: Pick<Verdict, 'counts' | 'reference'>): readonly (readonly [count: number, what: string])[] => [
  [counts.stacks, counts.evaluations > 0 ? 'stacks' : 'templates'],
  [counts.resources, 'resources'],
  ...(counts.evaluations > 0 ? [[counts.evaluations, 'rules of the pack evaluated'] as const] : []),
  ...(reference === undefined ? [] : [[reference.policies, 'reviewed policies compared'] as const]),
  [counts.passes, 'controls passed'],
  [counts.findings, 'findings'],
  [counts.undecided, 'undecided'],
  [counts.accepted, 'accepted'],
  [counts.expiringSoon, `expiring within ${soonDays} days`],
]
