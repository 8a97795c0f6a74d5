import { type Acceptance, factsFile } from '../../assembly/facts.ts'
import { daysUntil } from '../../days.ts'
import type { Found } from '../../verdict.ts'
import type { Check } from './check.ts'

const longestDays = 366

interface Rule {
  readonly control: string
  readonly property: keyof Acceptance
  readonly broken: (acceptance: Acceptance, today: Date) => boolean
  readonly message: (acceptance: Acceptance) => string
  readonly remedy: string
}

const blank = (property: 'owner' | 'reason' | 'compensatingControl'): Rule => ({
  control: 'acceptance-complete',
  property,
  broken: (acceptance) => acceptance[property].trim().length < 3,
  message: () => `has no ${property}.`,
  remedy: `Write the ${property}: somebody signs for it.`,
})

const rules: readonly Rule[] = [
  blank('owner'),
  blank('reason'),
  blank('compensatingControl'),
  {
    control: 'acceptance-current',
    property: 'expires',
    broken: ({ expires }, today) => !(daysUntil(expires, today) >= 0),
    message: ({ expires }) => `expired on ${expires}.`,
    remedy: 'Mend the finding, or look at it again and accept it to a new date.',
  },
  {
    control: 'acceptance-current',
    property: 'expires',
    broken: ({ expires }, today) => daysUntil(expires, today) > longestDays,
    message: ({ expires }) => `lasts until ${expires}, more than a year.`,
    remedy: 'Accept it for a year at most, so that somebody looks again.',
  },
  {
    control: 'acceptance-exact',
    property: 'matched',
    broken: ({ expected, matched }) => matched.length !== expected,
    message: ({ expected, matched }) => `says ${expected} matches, and there are ${matched.length}: ${matched.join(', ') || 'none'}.`,
    remedy: 'Look at each match. Mend what slipped in; correct the count of what is meant; remove an entry that matches nothing.',
  },
]

/**
 * Accepted findings have an owner, a reason, a compensating control and a date, match as often as they say, and have not expired.
 * An entry that no environment matches is stale everywhere and shows as a wrong count.
 */
export const acceptancesHold: Check = ({ assembly: { facts }, today }) => {
  const accepted = facts?.accepted ?? []
  const judged = accepted.map((acceptance) => ({ acceptance, broken: rules.filter((rule) => rule.broken(acceptance, today)) }))
  return {
    findings: judged.flatMap(({ acceptance, broken }) => broken.map((rule) => findingOf(rule, acceptance))),
    passes: judged
      .filter(({ broken }) => broken.length === 0)
      .map(({ acceptance: { rule, kind, matched } }) => ({
        control: 'acceptance-exact',
        topic: 'other',
        property: `${rule} on ${kind}`,
        value: matched.length,
      })),
  }
}

const findingOf = (rule: Rule, acceptance: Acceptance): Found => ({
  control: rule.control,
  topic: 'other',
  status: 'fail',
  property: `accepted.${acceptance.rule}.${rule.property}`,
  value: acceptance[rule.property],
  file: factsFile,
  line: 1,
  message: `The acceptance of ${acceptance.rule} on ${acceptance.kind} ${rule.message(acceptance)}`,
  remedy: rule.remedy,
  citations: ['164.308(a)(1)(ii)(B)'],
})
