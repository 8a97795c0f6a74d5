import { soonDays, type Verdict } from '../gate/verdict.ts'

/** What was counted, with the words to show it by, in the order of showing. */
export const counted = ({
  counts,
  reference,
}: Pick<Verdict, 'counts' | 'reference'>): readonly (readonly [count: number, what: string])[] => [
  [counts.stacks, plural(counts.stacks, counts.evaluations > 0 ? 'stack' : 'template')],
  [counts.resources, plural(counts.resources, 'resource')],
  ...(counts.evaluations > 0 ? [[counts.evaluations, 'rules of the pack evaluated'] as const] : []),
  ...(reference === undefined ? [] : [[reference.policies, 'reviewed policies compared'] as const]),
  [counts.passes, `${plural(counts.passes, 'control')} passed`],
  [counts.findings, plural(counts.findings, 'finding')],
  [counts.undecided, 'undecided'],
  [counts.accepted, 'accepted'],
  [counts.expiringSoon, `expiring within ${soonDays} days`],
]

const plural = (count: number, word: string): string => (count === 1 ? word : `${word}s`)
