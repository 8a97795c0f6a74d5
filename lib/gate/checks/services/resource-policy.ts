import { matchesAction } from '../../access/actions.ts'
import type { Reach } from '../../access/public-principal.ts'
import { type Statement, type Statements, statementsOf } from '../../access/statement.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isMap, type Value } from '../../template/value.ts'
import { byType } from '../by-type.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isMet } from '../expectations.ts'
import { unreadPart } from './iam-policy-places.ts'
import { privilege } from './iam-safeguards.ts'
import { type PolicySite, policySites } from './resource-policy-places.ts'
import { type Kind, reachedBy } from './resource-policy-reach.ts'
import { notPublic } from './safeguards.ts'

/** A document of a resource policy that was read. */
interface Read extends Statements {
  readonly property: string
}

/** The policy at a place. A single statement, as event buses have it, counts as a policy of one. */
function readAt(resource: Resource, { path }: PolicySite): Read | undefined {
  const [place] = resource.at(path)
  if (place?.value === undefined || place.value === null) return undefined
  return { property: place.path, ...statementsOf(asDocument(place.value)) }
}

const wrapped = new WeakMap<object, Value>()

function asDocument(value: Value): Value {
  if (!isMap(value) || value['Statement'] !== undefined || value['Effect'] === undefined) return value
  const document = wrapped.get(value) ?? { Statement: [value] }
  wrapped.set(value, document)
  return document
}

interface Question {
  readonly kinds: readonly Kind[]
  readonly refused: Reach
  readonly message: (who: readonly string[]) => string
}

/** Judges by whom a policy lets in. Nothing is said of a policy that lets in nobody of the kind, where the control is about a kind alone. */
function judge(resource: Resource, place: PolicySite, { kinds, refused, message }: Question): Outcome | readonly Outcome[] | undefined {
  const read = readAt(resource, place)
  if (read === undefined) return undefined
  const reached = kinds.flatMap((kind) => reachedBy(read.statements, kind, resource.ownAccounts).map((one) => ({ ...one, kind })))
  const at = (statement: Statement): string => `${read.property}.Statement.${statement.index}`
  const open = reached.filter(({ reach }) => reach === refused)
  if (open.length > 0) return open.map(({ statement, who }) => fail(at(statement), who, message(who)))
  const unclear = reached.find(
    ({ reach, kind, statement }) =>
      reach === 'unknown' && (kind !== 'named' || refused === 'named-foreign' || statement.principals?.unknown === true),
  )
  if (unclear !== undefined) return undecided(at(unclear.statement), 'its principal or condition is computed at deployment')
  const unread = unreadPart(read)
  if (unread !== undefined) return undecided(read.property, unread)
  return refused === 'service-unconditioned' && reached.length === 0 ? undefined : pass(read.property, read.statements.length)
}

type Judged = ReturnType<typeof judge>

/** What is said of a policy that lets everybody in, where a network may keep them out. */
function withinNetwork(judged: Judged, resource: Resource, deployment: Deployment, { network }: PolicySite): Judged {
  const value = network === undefined ? undefined : resource.get(network)
  if (network === undefined || value === undefined || ![judged ?? []].flat().some(({ status }) => status === 'fail')) return judged
  const inside = isMet(value, isGiven, deployment)
  if (inside === undefined) return undecided(network, 'whether it stands in a VPC is computed at deployment')
  return inside ? pass(network, value) : judged
}

const everyone = (place: PolicySite): ResourceControl => ({
  ...notPublic,
  id: `${place.id}-not-public`,
  title: `${place.noun} let in nobody without a name`,
  severity: place.severity ?? 'critical',
  why: `With everybody as principal, and no condition that narrows it, any AWS account in the world ${place.harm}.`,
  remedy: 'Name the principals, or add a condition such as aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID with a fixed value.',
  types: [place.type],
  judge: (resource, deployment) => {
    const question = { kinds: ['anybody', 'named'], refused: 'everyone', message: () => 'Every AWS account is let in.' } as const
    return withinNetwork(judge(resource, place, question), resource, deployment, place)
  },
  passing: example(place, statement(place, own)),
  failing: example(place, statement(place, '*')),
})

const foreign = (place: PolicySite): ResourceControl => ({
  ...privilege,
  id: `${place.id}-own-account`,
  title: `${place.noun} let in no other account`,
  severity: 'medium',
  why: `Another account decides by itself who of its people ${place.harm}, and a break-in there is one here.`,
  remedy:
    'Name principals of your own account, or of your organization by aws:PrincipalOrgID; where a partner needs access, accept this with the contract as the reason.',
  types: [place.type],
  judge: (resource) =>
    judge(resource, place, {
      kinds: ['named', 'anybody'],
      refused: 'named-foreign',
      message: (who) => `Another account is let in: ${who.slice(0, 3).join(', ')}.`,
    }),
  passing: example(place, statement(place, own)),
  failing: example(place, statement(place, { AWS: 'arn:aws:iam::444455556666:root' })),
})

const service = (place: PolicySite): ResourceControl => ({
  ...privilege,
  id: `${place.id}-service-source`,
  title: `${place.noun} let in services of AWS for a named source only`,
  severity: place.service === 'kms' ? 'low' : 'medium',
  why: `A service acts for all of its customers: without a source, a stranger has the service do it for them, and so ${place.harm}.`,
  remedy: 'Add a condition on aws:SourceArn or aws:SourceAccount.',
  types: [place.type],
  judge: (resource) =>
    judge(resource, place, {
      kinds: ['services'],
      refused: 'service-unconditioned',
      message: (who) => `${who.slice(0, 3).join(', ')} is let in for whomever it acts.`,
    }),
  passing: example(
    place,
    statement(place, { Service: 'events.amazonaws.com' }, { Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' } } }),
  ),
  failing: example(place, statement(place, { Service: 'events.amazonaws.com' })),
})

/** Whether a word stands for every action of a service. */
const isWhole = (word: string, { service: prefix }: PolicySite): boolean => matchesAction(word, `${prefix}:*`)

/** Whether only the account as such is meant: that hands the decision to its IAM policies and grants nothing by itself. */
const isDelegation = ({ principals }: Statement): boolean =>
  principals !== undefined &&
  !principals.any &&
  principals.services.length + principals.federated.length + principals.references.length === 0 &&
  principals.aws.every((who) => /:root$|^\d{12}$|^⟨AWS::AccountId⟩$/.test(who))

const confined = ({ conditions }: Statement): boolean =>
  conditions.some(({ key }) => /^aws:source(owner|account|arn)$|^kms:calleraccount$/.test(key))

const anyAction = (place: PolicySite): ResourceControl => ({
  ...privilege,
  id: `${place.id}-any-action`,
  title: `${place.noun} name the actions that they allow`,
  severity: 'medium',
  why: 'All actions include those that delete what is there and change this very policy: more than any caller needs.',
  remedy: `Name the actions in place of the wildcard, such as ${place.action}.`,
  types: [place.type],
  judge: (resource) => {
    const read = readAt(resource, place)
    if (read === undefined) return undefined
    const whole = read.statements.filter(
      (one) => one.effect === 'Allow' && !isDelegation(one) && !confined(one) && one.actions.words.some((word) => isWhole(word, place)),
    )
    if (whole.length > 0) return whole.map(({ index, actions }) => fail(`${read.property}.Statement.${index}.Action`, actions.words))
    const unread = unreadPart(read)
    return unread === undefined ? pass(read.property, read.statements.length) : undecided(read.property, unread)
  },
  passing: example(place, statement(place, own)),
  failing: example(place, { ...statement(place, own), Action: place.service === 'events' ? '*' : `${place.service}:*` }),
})

const own = { AWS: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/app' }

const statement = ({ action, id }: PolicySite, Principal: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: action,
  Resource: id === 's3-bucket-policy' ? 'arn:aws:s3:::records/*' : '*',
  ...more,
})

function example(place: PolicySite, one: Readonly<Record<string, unknown>>) {
  const document = place.path === 'Statement' ? one : { Version: '2012-10-17', Statement: [one] }
  const written = textOnly.has(place.id) ? { 'Fn::Sub': JSON.stringify(document) } : substituted(document)
  return { Example: { Type: place.type, Properties: place.properties(written) } }
}

/** Places that take the document as a text. */
const textOnly = new Set([
  'logs-destination-policy',
  'mediastore-container-policy',
  'xray-resource-policy',
  'aps-resource-policy',
  'dsql-cluster-policy',
])

/** A value whose texts with variables are substituted at deployment. */
function substituted(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('${AWS::') ? { 'Fn::Sub': value } : value
  if (Array.isArray(value)) return value.map(substituted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, substituted(part)]))
}

/** Of the services whose wildcard has a control of its own elsewhere. */
const ownWildcard = new Set(['s3-bucket-policy'])

const sitesOfType = byType(policySites)

const allButSome: ResourceControl = {
  ...notPublic,
  id: 'resource-policy-not-principal',
  title: 'No resource policy lets in everyone but some',
  why: 'Allow with NotPrincipal lets in every account of AWS, and callers without one, that nobody thought of.',
  remedy: 'Name the principals in Principal in place of NotPrincipal.',
  types: [...new Set(policySites.map(({ type }) => type))],
  judge: (resource) => (sitesOfType.get(resource.type) ?? []).flatMap((place) => judgeNegation(readAt(resource, place))),
  passing: example(policySites[0] as PolicySite, statement(policySites[0] as PolicySite, own)),
  failing: example(policySites[0] as PolicySite, { Effect: 'Allow', NotPrincipal: own, Action: 's3:GetObject', Resource: '*' }),
}

function judgeNegation(read: Read | undefined): readonly Outcome[] {
  if (read === undefined) return []
  const negated = read.statements.filter(({ effect, principals }) => effect === 'Allow' && principals?.negated === true)
  return negated.length > 0
    ? negated.map(({ index }) => fail(`${read.property}.Statement.${index}`, 'NotPrincipal'))
    : [pass(read.property, read.statements.length)]
}

/** Controls on whom policies of resources let in, and for what. */
export const resourcePolicyControls: readonly ResourceControl[] = [
  ...policySites.flatMap((place) => [
    everyone(place),
    foreign(place),
    service(place),
    ...(ownWildcard.has(place.id) ? [] : [anyAction(place)]),
  ]),
  allButSome,
]
