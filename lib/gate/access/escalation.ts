import { coveredOf, matchesAction } from './actions.ts'
import type { Condition } from './condition.ts'
import { type EscalationPath, escalationPaths } from './escalation-paths.ts'
import { type Evidence, grantOf, isGrant, type Wanted } from './evidence.ts'
import type { Statement } from './statement.ts'

/** A way to gain more rights that statements leave open. */
export interface Escalation {
  readonly path: EscalationPath
  /** What grants each of the actions of the path, in their order. */
  readonly evidence: readonly Evidence[]
}

/**
 * The known ways to gain more rights that statements leave open, all of them together.
 *
 * A path counts where who is gained is not bounded by names: the roles of `iam:PassRole`, or what the other actions work on. The actions
 * beside `iam:PassRole` may be limited, for code that runs in one place gains as much as code that runs anywhere.
 */
export const escalationsOf = (statements: readonly Statement[]): readonly Escalation[] =>
  stepsWithin(statements).flatMap(({ path, wanted }) => {
    const evidence: Evidence[] = []
    for (const one of wanted) {
      const found = grantOf(statements, one)
      if (found === undefined) return []
      evidence.push(found)
    }
    return [{ path, evidence }]
  })

const steps = escalationPaths.map((path) => ({ path, wanted: path.actions.map((action) => wantedOf(path, action)) }))

const actionsOfSteps = [...new Set(escalationPaths.flatMap(({ actions }) => actions))]

/** The paths all of whose actions some statement allows: most policies allow few of them. */
function stepsWithin(statements: readonly Statement[]): typeof steps {
  const allowed = new Set(statements.filter(isGrant).flatMap(({ actions }) => coveredOf(actions, actionsOfSteps)))
  return allowed.size === 0 ? [] : steps.filter(({ path }) => path.actions.every((action) => allowed.has(action)))
}

function wantedOf(path: EscalationPath, action: string): Wanted {
  if (action === 'iam:PassRole') return { action, breadth: 'every-name', meets: (condition) => passes(condition, path.passedTo ?? []) }
  if (path.passedTo !== undefined) return { action, breadth: 'any', meets: () => true }
  return { action, breadth: 'every-name', types: path.types, own: path.self }
}

const passes = ({ key, values }: Condition, services: readonly string[]): boolean =>
  key === 'iam:passedtoservice' && services.some((service) => values.some((value) => matchesAction(value, service)))
