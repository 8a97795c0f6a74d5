import { actionsCovered, coveredOf, coversAction, type Level, levelOfEntry, matchesAction, supportsResourceLevel } from './actions.ts'
import { isStar } from './breadth.ts'
import { type Escalation, escalationsOf } from './escalation.ts'
import { type Evidence, evidenceOf, grantIn, isDenied, isGrant } from './evidence.ts'
import { credentialActions, dataReads } from './exposing-actions.ts'
import { narrowingOf } from './narrowing.ts'
import type { Statement } from './statement.ts'

/** What a policy of an identity grants that deserves a look. Each list has at most one entry a statement, but for `escalation`. */
export interface Privileges {
  /** Every action on every resource, or `NotAction` that leaves the rights to give oneself any. */
  readonly fullAdministrator: readonly Evidence[]
  /** Every action of a service, `s3:*`, on whatever resource and with whatever condition. */
  readonly serviceWide: readonly Evidence[]
  /** Known ways to gain more rights than the policy grants. */
  readonly escalation: readonly Escalation[]
  /** Write actions on resources that could have been named and are not. */
  readonly writeEverywhere: readonly Evidence[]
  /** Actions that change who may do what, on resources that could have been named and are not. */
  readonly permissionsManagementEverywhere: readonly Evidence[]
  /** Actions that hand out stored data, on resources that could have been named and are not. */
  readonly dataReadEverywhere: readonly Evidence[]
  /** Actions that return credentials, on resources that could have been named and are not. */
  readonly credentialsExposure: readonly Evidence[]
  /** `Allow` with `NotAction`. */
  readonly notAction: readonly Evidence[]
  /** `Allow` with `NotResource`. */
  readonly notResource: readonly Evidence[]
}

/**
 * Judges the statements of policies of one identity, all together.
 *
 * A statement is limited by conditions that pin what it reaches or how (see `narrowing.ts`), and a `Deny` takes back what it covers
 * wholly. Parts that could not be read never give evidence: whoever asks also looks at `unknown` of `statementsOf`. Statements with
 * principals belong to a resource and are left out, see `exposureOf`.
 */
export function privilegesOf(statements: readonly Statement[]): Privileges {
  const allows = statements.filter(isGrant)
  const each = (judge: (statement: Statement) => Evidence | undefined) => allows.map(judge).filter((evidence) => evidence !== undefined)
  const everywhere = (actions: (statement: Statement) => Iterable<string>) =>
    each((statement) => grantedEverywhere(statement, statements, actions(statement)))
  return {
    fullAdministrator: each((statement) => administration(statement, statements)),
    serviceWide: each((statement) => wholeService(statement, statements)),
    escalation: escalationsOf(statements),
    writeEverywhere: everywhere((statement) => ofLevel(statement, 'Write')),
    permissionsManagementEverywhere: everywhere((statement) => ofLevel(statement, 'Permissions management')),
    dataReadEverywhere: everywhere(({ actions }) => coveredOf(actions, dataReads)),
    credentialsExposure: everywhere(({ actions }) => coveredOf(actions, credentialActions)),
    notAction: each((statement) => (statement.actions.kind === 'all-but' ? wordsOf(statement, anAction(statement)) : undefined)),
    notResource: each((statement) => (statement.resources?.kind === 'all-but' ? wordsOf(statement, anAction(statement)) : undefined)),
  }
}

/**
 * Services in which an example is sought for a word without one, `*` or `*:Get*`, and for `NotAction`: those that hold identities, data
 * and code. Reading all services would take a second and tell no more.
 */
const telling = () => ['iam', 's3', 'kms', 'secretsmanager', 'dynamodb', 'lambda', 'ec2', 'rds', 'ssm', 'sts', 'logs', 'sqs', 'sns']

const wordsOf = (statement: Statement, example: string): Evidence =>
  evidenceOf(statement, example, statement.actions.words, statement.resources?.words ?? [])

const anAction = (statement: Statement): string => {
  for (const { action } of actionsCovered(statement, telling)) return action
  return '*'
}

/** Rights by which a principal gives itself every other. */
const selfService = ['iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:AttachUserPolicy', 'iam:PutUserPolicy', 'iam:CreatePolicyVersion']

function administration(statement: Statement, all: readonly Statement[]): Evidence | undefined {
  if (!onEverything(statement) || narrowingOf(statement).length > 0) return undefined
  const stars = statement.actions.kind === 'listed' ? statement.actions.words.filter(isStar) : []
  if (stars.length > 0)
    return isDenied(all, '*', '*') ? undefined : evidenceOf(statement, 'iam:AttachRolePolicy', stars, starsOf(statement))
  if (statement.actions.kind !== 'all-but') return undefined
  const left = selfService.find((action) => coversAction(statement.actions, action) && !isDenied(all, action, '*'))
  return left === undefined ? undefined : evidenceOf(statement, left, statement.actions.words, starsOf(statement))
}

const onEverything = ({ resources }: Statement): boolean =>
  resources !== undefined && (resources.kind === 'all-but' || resources.words.some(isStar))

const starsOf = ({ resources }: Statement): readonly string[] =>
  resources?.kind === 'all-but' ? resources.words : (resources?.words.filter(isStar) ?? [])

function wholeService(statement: Statement, all: readonly Statement[]): Evidence | undefined {
  if (statement.actions.kind !== 'listed') return undefined
  const whole = statement.actions.words.filter((word) => /^[^:]*[^:*?][^:]*:\*+$/.test(word) && !isDenied(all, word, '*'))
  const [first] = whole
  return first === undefined ? undefined : evidenceOf(statement, exampleOf(statement, first), whole, statement.resources?.words ?? [])
}

const exampleOf = (statement: Statement, word: string): string => {
  for (const { action } of actionsCovered({ ...statement, actions: { kind: 'listed', words: [word], unknown: false } }, telling))
    return action
  return word
}

/**
 * Where a statement grants some of the actions on everything, though they could be granted on named resources.
 * @param actions that it covers
 */
function grantedEverywhere(statement: Statement, all: readonly Statement[], actions: Iterable<string>): Evidence | undefined {
  const found: Evidence[] = []
  const open = new Set(statement.actions.kind === 'listed' ? statement.actions.words : ['*'])
  for (const action of actions) {
    if (open.size === 0) break
    const words = [...open].filter((word) => matchesAction(word, action))
    const evidence =
      words.length > 0 && supportsResourceLevel(action) ? grantIn(statement, all, { action, breadth: 'everything' }) : undefined
    if (evidence === undefined) continue
    found.push(evidence)
    for (const word of words) open.delete(word)
  }
  const [first] = found
  if (first === undefined) return undefined
  return evidenceOf(statement, first.example, merged(found.map(({ actions }) => actions)), merged(found.map(({ resources }) => resources)))
}

const merged = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())]

/** Actions of a level that a statement covers. */
function* ofLevel(statement: Statement, level: Level): Generator<string> {
  for (const { action, entry } of actionsCovered(statement, telling)) if (levelOfEntry(entry) === level) yield action
}
