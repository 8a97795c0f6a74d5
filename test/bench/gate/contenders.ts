import { checkov } from './checkov.ts'
import type { Contender } from './contender.ts'
import { guard } from './guard.ts'
import { nag } from './nag.ts'
import { ours } from './ours.ts'

/** The tools that take part, and for each other one why it does not. */
export interface Line {
  readonly present: readonly Contender[]
  readonly absent: readonly string[]
}

/**
 * Makes the tools ready.
 * @param skipped names of those that a person leaves out
 * @param guardRules file of Guard rules, instead of those that a package ships
 */
export function contendersBut(skipped: readonly string[], guardRules: string | undefined): Line {
  const makers = { 'Safe Harbor': ours, 'cfn-guard': () => guard(guardRules), checkov, 'cdk-nag': nag }
  const tried = Object.entries(makers).map(([name, make]) => (skipped.includes(name) ? `${name}: left out on demand` : attempt(name, make)))
  return {
    present: tried.filter((one): one is Contender => typeof one !== 'string'),
    absent: tried.filter((one): one is string => typeof one === 'string'),
  }
}

function attempt(name: string, make: () => Contender): Contender | string {
  try {
    return make()
  } catch (error) {
    return `${name}: cannot be had here, ${(error as Error).message.split('\n')[0]}`
  }
}
