import type { ControlText } from '../checks/control.ts'

const common = { topic: 'iam-privilege', severity: 'high', citations: ['164.308(a)(4)(ii)(C)'] } as const

const remedy = 'Take it back; where it is meant, have it reviewed, and write the reference anew with `safe-harbor gate --write-reference`.'

/** Controls over policies as they were reviewed. They are judged where a reference is given. */
export const referenceControls = [
  {
    ...common,
    id: 'reference-no-new-access',
    title: 'No policy grants what nobody reviewed',
    why: 'Access grows by small changes that each look harmless; the review of a change has to see that it grants something.',
    remedy,
  },
  {
    ...common,
    id: 'reference-denials-kept',
    title: 'Every denial that was reviewed is still there',
    why: 'A denial that is lifted or loosened opens what grants elsewhere, often far from it, have allowed all along.',
    remedy,
  },
  {
    ...common,
    id: 'reference-attachments',
    title: 'Policies and boundaries are attached as they were reviewed',
    why: 'A policy that is attached to one more role grants everything in it, and an identity without its boundary is bounded by nothing.',
    remedy,
  },
] as const satisfies readonly ControlText[]

/** Id of a control over policies as they were reviewed. */
export type ReferenceControl = (typeof referenceControls)[number]['id']
