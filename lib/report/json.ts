import type { Verdict } from '../gate/verdict.ts'

/** A verdict as JSON; its schema is the type `Verdict`, named by its field `schema`. */
export const renderJson = (verdict: Verdict): string => `${JSON.stringify(verdict, undefined, 2)}\n`
