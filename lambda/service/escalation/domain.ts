import type { Escalating } from './escalating.ts'
import { sweep } from './sweep.ts'
import { takeSteps } from './take-steps.ts'

/** What is escalated: everything that is due, or one call, if it is due. */
export type Escalated = 'sweep' | { readonly practice: string; readonly call: string }

/**
 * Notifies the providers of calls until somebody acknowledges, and tells the operators when nobody does. It can be stopped at any point and begun any number of
 * times side by side; what is due is taken at least once and, without a crash, once.
 *
 * @throws Error of the store; what is due stays due
 */
export const escalate = (deps: Escalating, what: Escalated): Promise<void> =>
  what === 'sweep' ? sweep(deps) : takeSteps(deps, what.practice, what.call)
