import { fail, type Outcome, pass, undecided, type WholeControl } from '../checks/control.ts'
import type { Deployment } from '../template/deployment.ts'
import type { Resource } from '../template/resource.ts'
import type { Value } from '../template/value.ts'
import type { AccessReference, ReviewedPolicy, ReviewedResource } from './access-reference.ts'
import { type Comparable, comparable, isCoveredBy } from './covered-by.ts'
import { type PresentPolicy, type PresentStatement, presentAttachments, presentPolicies, reviewed } from './present-access.ts'
import { type ReferenceControl, referenceControls } from './texts.ts'

type Remark = Outcome & { readonly resource?: Resource }

/** Controls over all policies of a deployment: nothing more than was reviewed may be granted, and nothing less denied. */
export const controlsByReference = (reference: AccessReference): readonly WholeControl[] =>
  referenceControls.map((text) => ({ ...text, judge: (deployment) => judges[text.id](deployment, reference) }))

const judges: Readonly<Record<ReferenceControl, (deployment: Deployment, reference: AccessReference) => readonly Remark[]>> = {
  'reference-no-new-access': (deployment, { policies }) => {
    const known = new Map(policies.map((policy) => [keyOf(policy), comparable(policy.statements)]))
    return presentPolicies(deployment).flatMap((policy) => newGrants(policy, known.get(keyOfPresent(policy))))
  },
  'reference-denials-kept': (deployment, { policies }) => {
    const present = new Map(presentPolicies(deployment).map((policy) => [keyOfPresent(policy), policy]))
    return policies.flatMap((policy) => {
      const known = present.get(keyOf(policy))
      return lostDenials(policy, known, known?.resource ?? resourceNamed(deployment, policy))
    })
  },
  'reference-attachments': (deployment, { attachments }) => {
    const known = new Map(attachments.map((attachment) => [attachmentKey(attachment), attachment.names]))
    return presentAttachments(deployment).flatMap(({ resource, property, names }) =>
      attached(resource, property, names, known.get(attachmentKey({ ...reviewed(resource), property })) ?? []),
    )
  },
}

const nameOf = ({ file, resource }: ReviewedResource): string => JSON.stringify([file, resource])
const keyOf = ({ purpose, ...policy }: Pick<ReviewedPolicy, 'file' | 'resource' | 'type' | 'purpose'>): string =>
  `${nameOf(policy)} ${purpose}`
const keyOfPresent = ({ resource, purpose }: PresentPolicy): string => keyOf({ ...reviewed(resource), purpose })
const attachmentKey = ({ property, ...attachment }: ReviewedResource & { readonly property: string }): string =>
  `${nameOf(attachment)} ${property}`

const resourceNamed = (deployment: Deployment, policy: ReviewedResource): Resource | undefined =>
  deployment.ofType(policy.type).find((resource) => nameOf(reviewed(resource)) === nameOf(policy))

function newGrants({ resource, statements, unread }: PresentPolicy, known: readonly Comparable[] | undefined): readonly Remark[] {
  if (unread !== undefined) return [{ ...undecided(unread, 'the policy is not told by the template'), resource }]
  const grants = statements.filter(({ written }) => written['Effect'] !== 'Deny')
  const extra = grants.filter(({ written }) => comparable([written]).some((statement) => !isCoveredBy(statement, known ?? [])))
  const place = placeOf(statements)
  if (extra.length === 0) return [{ ...pass(place, grants.length), resource }]
  return extra.map((statement) => ({
    ...fail(statement.property, statement.written as Value, `${named(statement)} grants more than was reviewed.`),
    resource,
  }))
}

/** Path of the document that holds the first of some statements. */
const placeOf = ([first]: readonly PresentStatement[]): string => first?.property.replace(/\.Statement\.\d+$/, '') ?? ''

const named = ({ property, written }: PresentStatement): string =>
  typeof written['Sid'] === 'string' ? `The statement ${written['Sid']}` : property || 'The permission'

/** Without them a service lets everything through. */
const limits = ['boundary', 'endpoint', 'organization']

function lostDenials(policy: ReviewedPolicy, present: PresentPolicy | undefined, resource: Resource | undefined): readonly Remark[] {
  const denials = policy.statements.filter((written) => written['Effect'] === 'Deny')
  const found = resource === undefined ? {} : { resource }
  if (present === undefined) {
    if (denials.length === 0 && !limits.includes(policy.purpose)) return []
    return [{ ...fail(`${policy.purpose} policy`, undefined, `${policy.resource} has lost the policy that was reviewed.`), ...found }]
  }
  const now = comparable(present.statements.map(({ written }) => written))
  const lost = denials.filter((written) => comparable([written]).some((statement) => !isCoveredBy(statement, now)))
  const place = placeOf(present.statements)
  if (lost.length === 0) return [{ ...pass(place, denials.length), ...found }]
  const which = lost.map(({ Sid: sid }) => (typeof sid === 'string' ? sid : 'one without a Sid')).join(', ')
  return [{ ...fail(place, lost as Value, `Denials that were reviewed are gone, or deny less: ${which}.`), ...found }]
}

function attached(resource: Resource, property: string, names: readonly string[], known: readonly string[]): readonly Remark[] {
  if (property === 'PermissionsBoundary') {
    const bounded = known.every((name) => names.includes(name))
    return bounded
      ? []
      : [{ ...fail(property, names[0], `The boundary ${known[0]} was reviewed, and does not bound it any more.`), resource }]
  }
  const added = names.filter((name) => !known.includes(name))
  if (added.length === 0) return names.length === 0 ? [] : [{ ...pass(property, [...names]), resource }]
  return [{ ...fail(property, added, `${added.join(', ')} was not reviewed here.`), resource }]
}
