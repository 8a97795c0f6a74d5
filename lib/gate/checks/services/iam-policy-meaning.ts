import { arnFormat, services } from '../../access/action-data.ts'
import { actionExists, actionsMatching, partsOf, resourceTypesOf } from '../../access/actions.ts'
import { fieldsOf } from '../../access/arn.ts'
import { isStar } from '../../access/breadth.ts'
import { hasWildcard } from '../../access/pattern.ts'
import type { Statement } from '../../access/statement.ts'
import { demandsKey } from '../../access/strict.ts'
import { isMap, listOf, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl } from '../control.ts'
import { identityPoliciesOf, identityPolicyTypes, type PolicyDocument } from './iam-policy-places.ts'
import { privilege } from './iam-safeguards.ts'

const example = (Statement: unknown, Version: string | undefined = '2012-10-17') => ({
  Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { ...(Version !== undefined && { Version }), Statement } } },
})
const allow = (Action: unknown, Resource: unknown, Condition?: unknown) => [
  { Effect: 'Allow', Action, Resource, ...(Condition !== undefined && { Condition }) },
]
const bucket = 'arn:aws:s3:::records/*'

/** A flaw of a statement: what is wrong, and where. */
interface Flaw {
  readonly element: string
  readonly value: Value
  readonly message: string
}

type Look = (statement: Statement, policy: PolicyDocument) => Flaw | undefined

/** Judges every statement of every policy document. What could not be read has no such flaw that anybody could see. */
const lookingFor =
  (look: Look): ResourceControl['judge'] =>
  (resource, deployment) =>
    identityPoliciesOf(resource, deployment).flatMap((policy): readonly Outcome[] => {
      const flaws = policy.statements.flatMap((statement) => {
        const flaw = look(statement, policy)
        return flaw === undefined ? [] : [fail(`${policy.property}.Statement.${statement.index}.${flaw.element}`, flaw.value, flaw.message)]
      })
      return flaws.length > 0 ? flaws : policy.statements.length > 0 ? [pass(policy.property, policy.statements.length)] : []
    })

/** Whether a word names no action that AWS lists. */
function isNoAction(word: string): boolean {
  if (word === '*') return false
  const { service, name } = partsOf(word)
  if (!word.includes(':') || (!hasWildcard(service) && !services().includes(service))) return true
  if (!hasWildcard(word)) return !actionExists(word)
  return name !== '*' && !hasWildcard(service) && actionsMatching(word).next().done === true
}

const actionsExist: Look = ({ actions }) => {
  const wrong = actions.words.filter(isNoAction)
  if (wrong.length === 0) return undefined
  return {
    element: actions.kind === 'all-but' ? 'NotAction' : 'Action',
    value: wrong,
    message: `AWS lists no such action: ${wrong.slice(0, 3).join(', ')}.`,
  }
}

/** Services whose ARNs an action takes; undefined for an action that takes none, or of which that is not known. */
function servicesOfResources(action: string): readonly string[] | undefined {
  const formats = resourceTypesOf(action).map((type) => arnFormat(partsOf(action).service, type))
  const found = formats.flatMap((format) => (format === undefined ? [] : [fieldsOf(format)[2] ?? '*']))
  return formats.length === 0 || found.length < formats.length ? undefined : found
}

/** Whether no action of a statement works on any of its resources, so that it grants nothing. */
const resourcesFit: Look = ({ effect, actions, resources }) => {
  if (effect !== 'Allow' || actions.kind !== 'listed' || actions.unknown || resources?.kind !== 'listed' || resources.unknown)
    return undefined
  const named = actions.words.map((action) => (hasWildcard(action) || !actionExists(action) ? undefined : servicesOfResources(action)))
  const wanted = named.flatMap((one) => one ?? [])
  if (named.length === 0 || named.includes(undefined) || !resources.words.every((word) => isElsewhere(word, wanted))) return undefined
  return {
    element: 'Resource',
    value: resources.words,
    message: `${actions.words[0]} does not work on ${resources.words[0]}: the statement grants nothing.`,
  }
}

function isElsewhere(word: string, wanted: readonly string[]): boolean {
  if (isStar(word) || !word.startsWith('arn:')) return false
  const service = fieldsOf(word)[2] ?? '*'
  return !hasWildcard(service) && !service.includes('⟨') && !wanted.some((one) => one === service || one.includes('$') || one.includes('*'))
}

/** A test over all values of a key also holds for a request without the key. (IAM User Guide, "Set operators for multivalued context keys".) */
const forAllValues: Look = ({ effect, conditions }) => {
  if (effect !== 'Allow') return undefined
  const loose = conditions.find(
    (one) => one.qualifier === 'ForAllValues' && !conditions.some((other) => other.key === one.key && demandsKey(other)),
  )
  return (
    loose && {
      element: 'Condition',
      value: `ForAllValues:${loose.operator}`,
      message: `Requests without ${loose.key} are allowed as well.`,
    }
  )
}

const operator = new RegExp(
  `^((ForAllValues|ForAnyValue):)?(${[
    'String(Not)?Equals(IgnoreCase)?',
    'String(Not)?Like',
    'Numeric((Not)?Equals|(Less|Greater)Than(Equals)?)',
    'Date((Not)?Equals|(Less|Greater)Than(Equals)?)',
    'Bool',
    'BinaryEquals',
    '(Not)?IpAddress',
    'Arn(Not)?(Equals|Like)',
  ].join('|')})(IfExists)?$|^Null$`,
  'i',
)

const operatorsExist: Look = ({ index }, { document }) => {
  const statement = isMap(document) ? listOf(document['Statement'])[index] : undefined
  const condition = isMap(statement) ? statement['Condition'] : undefined
  const wrong = isMap(condition) ? Object.keys(condition).filter((name) => !name.includes('⟨') && !operator.test(name)) : []
  return wrong.length === 0 ? undefined : { element: 'Condition', value: wrong, message: `IAM knows no operator ${wrong.join(', ')}.` }
}

const hasVariables = (statement: Value | undefined): boolean =>
  /\$\{(aws|s3|saml|iam|kms|sts|accounts|cognito|ec2|www)[^}]*\}/i.test(JSON.stringify(statement ?? ''))

/** In the old version of the language, which holds where none is named, `${aws:username}` is a text like any other. */
const variablesWork: Look = ({ index }, { document }) => {
  if (
    !isMap(document) ||
    document['Version'] === '2012-10-17' ||
    (document['Version'] !== undefined && typeof document['Version'] !== 'string')
  )
    return undefined
  if (!hasVariables(listOf(document['Statement'])[index])) return undefined
  return {
    element: 'Version',
    value: document['Version'] ?? null,
    message: 'Variables of the statement are taken as plain text, for the policy has no Version of 2012-10-17.',
  }
}

const common = { ...privilege, types: identityPolicyTypes } as const

/** Controls that policies of identities mean what they seem to say. */
export const iamPolicyMeaningControls: readonly ResourceControl[] = [
  {
    ...common,
    id: 'iam-policy-actions-exist',
    title: 'Policies name actions that exist',
    severity: 'low',
    why: 'IAM takes a misspelled action without a word. In a Deny it protects nothing; in an Allow the next person widens it to make it work.',
    remedy: 'Correct the name by the Service Authorization Reference.',
    judge: lookingFor(actionsExist),
    passing: example(allow(['s3:GetObject', 'S3:putobject'], bucket)),
    failing: example(allow(['s3:GetObjects'], bucket)),
  },
  {
    ...common,
    id: 'iam-policy-resources-fit-actions',
    title: 'Statements name resources that their actions work on',
    severity: 'low',
    why: 'A statement whose resources belong to another service grants nothing: somebody was about to grant something else, and will widen it.',
    remedy: 'Name resources of the kind that the action takes, by the Service Authorization Reference.',
    judge: lookingFor(resourcesFit),
    passing: example(allow('dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:111122223333:table/visits')),
    failing: example(allow('dynamodb:GetItem', bucket)),
  },
  {
    ...common,
    id: 'iam-policy-for-all-values',
    title: 'No statement allows requests that lack the key it tests',
    severity: 'medium',
    why: 'ForAllValues holds for an empty list: who sends the request without the key at all meets the condition.',
    remedy: 'Add a Null condition of false on the same key, or use ForAnyValue.',
    judge: lookingFor(forAllValues),
    passing: example(allow('ec2:RunInstances', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } })),
    failing: example(allow('dynamodb:GetItem', '*', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:userid}'] } })),
  },
  {
    ...common,
    id: 'iam-policy-condition-operators',
    title: 'Conditions use operators that IAM knows',
    severity: 'low',
    why: 'A policy with an operator that IAM does not know is refused, and what it was to limit stays as it was.',
    remedy: 'Use an operator of the page "IAM JSON policy elements: Condition operators".',
    judge: lookingFor(operatorsExist),
    passing: example(allow('s3:GetObject', bucket, { StringEquals: { 'aws:ResourceTag/team': 'records' } })),
    failing: example(allow('s3:GetObject', bucket, { StringMatches: { 'aws:ResourceTag/team': 'records' } })),
  },
  {
    ...common,
    id: 'iam-policy-variables-version',
    title: 'Policies with variables are of the version that knows them',
    severity: 'medium',
    why: 'Without Version 2012-10-17 a variable is plain text: a Deny that should spare the caller spares nobody, or nobody is denied.',
    remedy: 'Set Version of the policy to 2012-10-17.',
    judge: lookingFor(variablesWork),
    passing: example(allow('iam:ChangePassword', 'arn:aws:iam::111122223333:user/${aws:username}')),
    failing: example(allow('iam:ChangePassword', 'arn:aws:iam::111122223333:user/${aws:username}'), '2008-10-17'),
  },
]
