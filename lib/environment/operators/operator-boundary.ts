import type { Duty } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { Permission } from '../constructs/least-policy.ts'
import { breakGlassDoorPermissions, breakGlassPermissions } from './permissions/break-glass.ts'
import { deploymentPermissions } from './permissions/deployment.ts'
import { peopleRolesOf } from './roles.ts'

/** The most any operator of an account may do: what its roles together are for, computed from them so that the two cannot drift apart. */
export const operatorBoundaryPermissions = (config: EnvironmentConfig, held: readonly Duty[]): readonly Permission[] => [
  {
    sid: 'AtMostWhatOperatorsAreFor',
    actions: [...new Set(actionsOf(config, held))].sort(),
    resources: [{ matching: '*', because: 'A boundary grants nothing: which resource is meant stands in the policy of each role.' }],
  },
]

function actionsOf(config: EnvironmentConfig, held: readonly Duty[]): `${string}:${string}`[] {
  const people = peopleRolesOf(held)
  const permissions = [
    ...people.flatMap((role) => role.permissions(config, held)),
    ...(held.includes('workload')
      ? [...breakGlassPermissions(config), ...breakGlassDoorPermissions(config), ...deploymentPermissions(config)]
      : []),
  ]
  return [
    ...permissions.filter(({ effect }) => effect !== 'Deny').flatMap(({ actions }) => actions),
    ...people.flatMap(({ byKeyPolicy }) => byKeyPolicy ?? []),
  ]
}
