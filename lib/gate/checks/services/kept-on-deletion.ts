import type { Resource } from '../../template/resource.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { unlessHarmless } from '../property-control.ts'
import { availability } from './safeguards.ts'

interface Kept {
  /** Start of the ids: `rds-instance`. */
  readonly id: string
  /** Plural that titles begin with. */
  readonly noun: string
  readonly type: string
  /** What CloudFormation does without a policy ("DeletionPolicy attribute", AWS CloudFormation User Guide). */
  readonly default: 'Snapshot' | 'Delete'
  readonly properties: Readonly<Record<string, unknown>>
  readonly applies?: (resource: Resource) => boolean
}

/** Two controls: data outlives the deletion of its stack, and the replacement of its resource. */
export const keptOnDeletion = (kept: Kept): readonly ResourceControl[] => [
  {
    ...availability,
    id: `${kept.id}-kept-on-deletion`,
    title: `${kept.noun} outlive their stack, or leave a snapshot`,
    why: 'Deleting the stack, or taking the resource out of the template, deletes the data with it and leaves nothing to restore from.',
    remedy: 'Set DeletionPolicy to Snapshot or Retain.',
    ...control(kept, 'DeletionPolicy', kept.default),
  },
  {
    ...availability,
    id: `${kept.id}-kept-on-replacement`,
    title: `${kept.noun} that an update replaces are kept, or leave a snapshot`,
    why: 'Some changes of a template make CloudFormation build a new, empty resource and delete the old one; without a policy its data goes too.',
    remedy: 'Set UpdateReplacePolicy to Snapshot or Retain.',
    severity: 'low',
    ...control(kept, 'UpdateReplacePolicy', 'Delete'),
  },
]

const control = (
  { type, properties, applies }: Kept,
  policy: string,
  standard: string,
): Pick<ResourceControl, 'types' | 'judge' | 'passing' | 'failing'> => ({
  types: [type],
  judge: (resource, deployment) =>
    applies?.(resource) === false ? undefined : unlessHarmless(resource, deployment, [outcomeOf(resource, policy, standard)]),
  passing: { Store: { Type: type, Properties: properties, DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' } },
  failing: { Store: { Type: type, Properties: properties, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' } },
})

function outcomeOf(resource: Resource, policy: string, standard: string): Outcome {
  const value = resource.attribute(policy)
  const effective = value ?? standard
  if (typeof effective !== 'string') return undecided(policy, 'it is computed at deployment', effective)
  return effective === 'Delete' ? fail(policy, value) : pass(policy, value)
}
