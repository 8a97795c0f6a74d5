import type { Claim } from './claim.ts'

/** Every claim, by stack. */
export const claims: readonly Claim[] = []
