import type { CaseResult, Choice } from '../template/cases.ts'
import type { Deployment } from '../template/deployment.ts'
import type { Resource } from '../template/resource.ts'
import type { Outcome, ResourceControl } from './control.ts'

/** What a control says over all cases, with the case it was seen in; no choices where it is so in every case. */
export type JudgedOutcome = Outcome & { readonly choices?: readonly Choice[]; readonly resource?: Resource }

/** Judges a resource by a control in every case that makes a difference. */
export const judgeResource = (control: ResourceControl, resource: Resource, deployment: Deployment): readonly JudgedOutcome[] =>
  judgeInEveryCase(deployment, () => (deployment.makes(resource) ? listOf(control.judge(resource, deployment)) : []))

/**
 * Judges in every case that makes a difference. What fails in one case fails; what cannot be known in one is undecided, unless another fails; it passes where it
 * passes in all of them.
 */
export function judgeInEveryCase(
  deployment: Deployment,
  judge: () => readonly (Outcome & { readonly resource?: Resource })[],
): readonly JudgedOutcome[] {
  const { results, complete } = deployment.cases.each(judge)
  const [only] = results
  if (only !== undefined && only.choices.length === 0) return withoutCases(only.result)
  const all = results.flatMap(inCase)
  const failing = distinct(all.filter(({ status }) => status === 'fail'))
  if (failing.length > 0) return failing
  const open = distinct(all.filter(({ status }) => status === 'undecided'))
  if (!complete && open.length === 0) return [tooMany(deployment)]
  return open.length > 0 ? open : distinct(all)
}

/** What is so in every case, as most is: nothing is copied. */
function withoutCases(outcomes: readonly JudgedOutcome[]): readonly JudgedOutcome[] {
  if (outcomes.length < 2) return outcomes
  const status = worstOf(outcomes)
  return distinct(status === 'pass' ? outcomes : outcomes.filter((outcome) => outcome.status === status))
}

function worstOf(outcomes: readonly Outcome[]): Outcome['status'] {
  let worst: Outcome['status'] = 'pass'
  for (const { status } of outcomes) {
    if (status === 'fail') return 'fail'
    if (status === 'undecided') worst = 'undecided'
  }
  return worst
}

const tooMany = ({ cases }: Deployment): Outcome => ({
  status: 'undecided',
  property: '',
  reason: `its conditions make more than ${cases.limit} cases`,
})

const inCase = ({ choices, result }: CaseResult<readonly JudgedOutcome[]>): JudgedOutcome[] =>
  result.map((outcome) => ({ ...outcome, choices }))

/** Of outcomes that differ in nothing but their case, the first. */
function distinct(outcomes: readonly JudgedOutcome[]): readonly JudgedOutcome[] {
  if (outcomes.length < 2 || new Set(outcomes.map(placeOf)).size === outcomes.length) return outcomes
  return [...new Map(outcomes.toReversed().map((outcome) => [placeOf(outcome), outcome])).values()].toReversed()
}

const placeOf = ({ status, property, resource }: JudgedOutcome): string =>
  resource === undefined ? `${status} ${property}` : `${status} ${property} ${resource.logicalId} ${resource.template.key}`

const listOf = (outcomes: Outcome | readonly Outcome[] | undefined): readonly Outcome[] =>
  outcomes === undefined ? [] : 'status' in outcomes ? [outcomes] : outcomes
