import type { Evidence } from '../../access/evidence.ts'
import { type Privileges, privilegesOf } from '../../access/privilege.ts'
import type { Statement } from '../../access/statement.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { type ControlText, type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atWorst, identityPoliciesOf, identityPolicyTypes, type PolicyDocument, unreadPart } from './iam-policy-places.ts'
import { privilege } from './iam-safeguards.ts'

/** What a control looks for in a policy: where it stands, and what to say of it. */
export type Found = Evidence & { readonly message?: string }

/** Looks through the statements of a policy. */
export type Search = (statements: readonly Statement[], privileges: Privileges) => readonly Found[]

/** A control over what policies of identities grant. */
export interface PolicyRow extends Pick<ControlText, 'id' | 'title' | 'why' | 'remedy'> {
  readonly severity: ControlText['severity']
  readonly topic?: ControlText['topic']
  readonly search: Search
  /** Whether a statement that grants everything is looked at too. Otherwise `iam-policy-full-administrator` alone speaks of it. */
  readonly ofAdministrators?: boolean
  /** Statements of a policy that passes, and of one that fails. */
  readonly passing: readonly ExampleStatement[]
  readonly failing: readonly ExampleStatement[]
}

type ExampleStatement = Readonly<Record<string, unknown>>

/** Makes controls of a table's rows. */
export const policyControls = (rows: readonly PolicyRow[]): readonly ResourceControl[] =>
  rows.map(({ search, ofAdministrators = false, passing, failing, ...text }) => ({
    ...privilege,
    ...text,
    types: identityPolicyTypes,
    judge: (resource, deployment) => judgePolicies(resource, deployment, search, ofAdministrators),
    passing: examplePolicy(passing),
    failing: examplePolicy(failing),
  }))

const examplePolicy = (Statement: readonly ExampleStatement[]): ExampleResources => ({
  Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement } } },
})

/** Judges every policy document of a resource. */
export const judgePolicies = (resource: Resource, deployment: Deployment, search: Search, ofAdministrators: boolean): readonly Outcome[] =>
  identityPoliciesOf(resource, deployment).flatMap((policy) => judgePolicy(policy, search, ofAdministrators))

function judgePolicy(policy: PolicyDocument, search: Search, ofAdministrators: boolean): readonly Outcome[] {
  const { property, statements, unknown } = policy
  const found = look(statements, search, ofAdministrators)
  if (found === undefined) return []
  if (found.length > 0) return found.map((one) => fail(placeOf(property, one), wordsOf(one), one.message ?? sentence(one)))
  const unread = unreadPart(policy)
  if (unread !== undefined) return [undecided(property, unread)]
  const [open] = unknown.length > 0 ? (look(worstOf(statements), search, ofAdministrators) ?? []) : []
  return [
    open === undefined
      ? pass(property, statements.length)
      : undecided(placeOf(property, open), `${unknown[0] ?? 'parts of it'} are computed at deployment`),
  ]
}

const placeOf = (property: string, { statement }: Evidence): string => `${property}.Statement.${statement}`
const wordsOf = ({ actions, resources }: Evidence) => ({ actions, resources })

/** `*`, `s3:* and 3 more`: what is too long is cut. */
export const some = (words: readonly string[]): string => {
  const shown = words.slice(0, 3).join(', ')
  return words.length > 3 ? `${shown} and ${words.length - 3} more` : shown
}

const sentence = ({ actions, resources }: Evidence): string => `It allows ${some(actions)} on ${some(resources)}.`

/** What is found besides the rights of full administrators; undefined where only they have it. */
function look(statements: readonly Statement[], search: Search, ofAdministrators: boolean): readonly Found[] | undefined {
  const privileges = privilegesOnce(statements)
  const found = search(statements, privileges)
  if (ofAdministrators || found.length === 0) return found
  const administrators = new Set(privileges.fullAdministrator.map(({ statement }) => statement))
  const left = found.filter(({ statement }) => !administrators.has(statement))
  return left.length === 0 ? undefined : left
}

// All controls judge a resource before the next one, so a few policies suffice; what all of an assembly grant would take much memory. By their words, for the
// same policy often stands at several roles.
const mostKept = 50
const byWords = new Map<string, Privileges>()
let latest: { readonly statements: readonly Statement[]; readonly privileges: Privileges } | undefined

function privilegesOnce(statements: readonly Statement[]): Privileges {
  if (latest?.statements !== statements) latest = { statements, privileges: privilegesByWords(statements) }
  return latest.privileges
}

function privilegesByWords(statements: readonly Statement[]): Privileges {
  const words = JSON.stringify(statements)
  const known = byWords.get(words)
  if (known !== undefined) return known
  const privileges = privilegesOf(statements)
  if (byWords.size === mostKept) byWords.clear()
  byWords.set(words, privileges)
  return privileges
}

const worsened = new WeakMap<readonly Statement[], readonly Statement[]>()

function worstOf(statements: readonly Statement[]): readonly Statement[] {
  const worst = worsened.get(statements) ?? statements.flatMap(atWorst)
  worsened.set(statements, worst)
  return worst
}
