/** How a ledger can be broken, and what is said of it. */
export const breakWords = {
  'link-removed': 'A link is missing.',
  'link-changed': 'A link is not as it was written, or does not follow the one before.',
  'link-inserted': 'Something stands in the chain that is no link.',
  'entry-removed': 'The entry of a link is missing.',
  'entry-changed': 'An entry is not as it was written.',
  'entry-inserted': 'An entry stands in the ledger that no link names.',
  'tail-removed': 'The chain ends before a checkpoint.',
  'not-as-checkpointed': 'A link is another than the one that was checkpointed.',
} as const

/** One kind of break. */
export type BreakKind = keyof typeof breakWords

/** Something that does not hold. */
export interface Break {
  readonly kind: BreakKind
  /** Number of the first link it concerns. */
  readonly number: number
}
