import type { ResourceControl } from './checks/control.ts'
import type { Deployment } from './template/deployment.ts'

const typesOf = new WeakMap<readonly ResourceControl[], ReadonlySet<string>>()

function judgedTypes(controls: readonly ResourceControl[]): ReadonlySet<string> {
  const types = typesOf.get(controls) ?? new Set(controls.flatMap(({ types }) => (types === 'every' ? [] : types)))
  typesOf.set(controls, types)
  return types
}

/** Types of a deployment that no control of theirs judges, with how many resources there are of each. */
export function unjudgedOf(deployment: Deployment, controls: readonly ResourceControl[]): Readonly<Record<string, number>> {
  const judged = judgedTypes(controls)
  const counts = new Map<string, number>()
  for (const { type } of deployment.all) if (!judged.has(type)) counts.set(type, (counts.get(type) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)))
}
