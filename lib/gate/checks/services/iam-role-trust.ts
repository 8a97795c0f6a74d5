import { kept } from '../../access/kept.ts'
import { type Statement, statementsOf } from '../../access/statement.ts'
import { type Trust, trustsOf } from '../../access/trust.ts'
import type { Resource } from '../../template/resource.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atMost } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { unreadPart } from './iam-policy-places.ts'
import { identity, leastPrivilege, privilege } from './iam-safeguards.ts'

const property = 'AssumeRolePolicyDocument'
const types = ['AWS::IAM::Role'] as const

/** What a control says of one principal that is trusted: nothing where it is not its concern. */
type Look = (trust: Trust, statement: Statement) => 'wrong' | 'right' | 'open' | undefined

interface TrustRow extends Pick<ControlText, 'id' | 'title' | 'severity' | 'why' | 'remedy'> {
  readonly topic?: ControlText['topic']
  readonly look: Look
  readonly passing: Readonly<Record<string, unknown>>
  readonly failing: Readonly<Record<string, unknown>>
  /** Whether a role that trusts nobody of the kind passes too; otherwise nothing is said of it. */
  readonly always?: boolean
}

const trustControl = ({ look, passing, failing, always = false, ...text }: TrustRow): ResourceControl => ({
  ...privilege,
  ...text,
  types,
  judge: (resource) => judgeTrust(resource, look, always),
  passing: example(passing),
  failing: example(failing),
})

const example = (statement: Readonly<Record<string, unknown>>) => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }] },
    },
  },
})

const trusts = kept(trustsOf)

function judgeTrust(resource: Resource, look: Look, always: boolean): readonly Outcome[] {
  const document = resource.get(property)
  if (document === undefined) return []
  const read = statementsOf(document)
  const judged = read.statements.flatMap((statement) =>
    trusts(statement, resource.ownAccounts).map((trust) => ({ statement, trust, said: look(trust, statement) })),
  )
  const wrong = judged.filter(({ said }) => said === 'wrong')
  if (wrong.length > 0) return wrong.map(({ statement, trust }) => fail(placeOf(statement), trust.who, messageOf(trust)))
  const open = judged.find(({ said, trust }) => said === 'open' || (trust.kind === 'unknown' && always))
  if (open !== undefined) return [undecided(placeOf(open.statement), 'its principal or condition is computed at deployment')]
  const unread = unreadPart(read)
  // A document that cannot be read is told once, by the controls that every role has.
  if (unread !== undefined) return always ? [undecided(property, unread)] : []
  const right = judged.find(({ said }) => said === 'right')
  return right !== undefined || always ? [pass(property, right?.trust.who ?? read.statements.length)] : []
}

const placeOf = ({ index }: Statement): string => `${property}.Statement.${index}`

const messageOf = ({ who, needs, sufficient }: Trust): string =>
  sufficient === false ? `${who} is trusted and needs ${needs}.` : `${who} is trusted.`

/** A kind of principal whose conditions must tell who it is. */
const told =
  (kind: Trust['kind']): Look =>
  (trust, statement) => {
    if (trust.kind !== kind || statement.principals?.negated === true || trust.who === 'NotPrincipal') return undefined
    return trust.sufficient === undefined ? 'open' : trust.sufficient ? 'right' : 'wrong'
  }

const own = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/deployer' } }
const foreign = { AWS: 'arn:aws:iam::444455556666:role/partner' }
const foreignRoot = { AWS: 'arn:aws:iam::444455556666:root' }
const externalId = { StringEquals: { 'sts:ExternalId': 'clinic-7f3a' } }
const github = { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' }
const web = 'sts:AssumeRoleWithWebIdentity'
const saml = { Federated: 'arn:aws:iam::111122223333:saml-provider/clinic' }

const rows: readonly TrustRow[] = [
  {
    id: 'iam-role-trust-everyone',
    title: 'Roles do not trust everyone',
    severity: 'critical',
    why: 'Anybody with an AWS account of their own becomes this role and has its rights, without any secret of yours.',
    remedy: 'Name the principals in AssumeRolePolicyDocument.',
    look: told('everyone'),
    always: true,
    passing: { Principal: own },
    failing: { Principal: { AWS: '*' } },
  },
  {
    id: 'iam-role-trust-not-principal',
    title: 'Roles do not trust everyone but some',
    severity: 'critical',
    why: 'Allow with NotPrincipal lets in every account of AWS that nobody thought of.',
    remedy: 'Name the principals in Principal in place of NotPrincipal.',
    always: true,
    look: (_, { principals }) => (principals?.negated === true ? 'wrong' : 'right'),
    passing: { Principal: own },
    failing: { NotPrincipal: own },
  },
  {
    id: 'iam-role-trust-foreign-account-condition',
    title: 'Roles that another account may assume ask for an external id, the organization or a second factor',
    severity: 'high',
    topic: 'iam-privilege',
    why: 'A vendor acts for many customers: without an external id, another customer can make the vendor use your role for them.',
    remedy: 'Add a condition on sts:ExternalId or aws:PrincipalOrgID.',
    look: told('foreign-account'),
    passing: { Principal: foreign, Condition: externalId },
    failing: { Principal: foreign },
  },
  {
    id: 'iam-role-trust-foreign-account-whole',
    title: 'Roles trust named roles of another account, not the whole account',
    severity: 'medium',
    why: 'With the account itself as principal, its administrators decide alone who of their people and programs comes in.',
    remedy: 'Name the role of the other account in place of its root.',
    look: ({ kind, wholeAccount }) => (kind === 'foreign-account' ? (wholeAccount ? 'wrong' : 'right') : undefined),
    passing: { Principal: foreign, Condition: externalId },
    failing: { Principal: foreignRoot, Condition: externalId },
  },
  {
    id: 'iam-role-trust-own-account-whole',
    title: 'Roles trust named identities of the account, not all of them',
    severity: 'low',
    why: 'With the account itself as principal, every identity with a broad right to sts:AssumeRole becomes this role.',
    remedy: 'Name the roles or services that need it, or add a condition such as aws:MultiFactorAuthPresent.',
    look: ({ kind, wholeAccount }, { conditions }) =>
      kind === 'own-account' ? (wholeAccount && conditions.length === 0 ? 'wrong' : 'right') : undefined,
    passing: { Principal: own },
    failing: { Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } } },
  },
  {
    id: 'iam-role-trust-any-service',
    title: 'Roles trust named services',
    severity: 'high',
    why: 'Any service of AWS, in whatever account it acts, is let in.',
    remedy: 'Name the service in Principal.Service.',
    look: ({ kind, who }) => (kind === 'service' ? (who.includes('*') ? 'wrong' : 'right') : undefined),
    passing: { Principal: { Service: 'lambda.amazonaws.com' } },
    failing: { Principal: { Service: '*' } },
  },
  {
    id: 'iam-role-trust-oidc-subject',
    title: 'Roles for OpenID Connect name who may sign in',
    severity: 'high',
    topic: 'authn-authz',
    why: 'The provider signs tokens for all of its customers: without the subject, a build of any stranger becomes this role.',
    remedy: 'Add a condition on the sub of the provider with a value that names your project.',
    look: told('oidc'),
    passing: {
      Principal: github,
      Action: web,
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:clinic/records:ref:refs/heads/main' } },
    },
    failing: {
      Principal: github,
      Action: web,
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
    },
  },
  {
    id: 'iam-role-trust-saml-audience',
    title: 'Roles for SAML name the audience',
    severity: 'medium',
    topic: 'authn-authz',
    why: 'Without SAML:aud an assertion that was made for another service can be used to sign in to AWS.',
    remedy: 'Add a condition on SAML:aud, such as https://signin.aws.amazon.com/saml.',
    look: told('saml'),
    passing: {
      Principal: saml,
      Action: 'sts:AssumeRoleWithSAML',
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    },
    failing: { Principal: saml, Action: 'sts:AssumeRoleWithSAML' },
  },
  {
    id: 'iam-role-trust-identity-pool',
    title: 'Roles for Cognito name the identity pool',
    severity: 'high',
    topic: 'authn-authz',
    why: 'Without the audience, anybody makes an identity pool in an account of their own and becomes this role with it.',
    remedy: 'Add a condition on cognito-identity.amazonaws.com:aud with the id of the pool.',
    look: told('cognito'),
    passing: {
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: web,
      Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:12345678-1234-1234-1234-123456789012' } },
    },
    failing: { Principal: { Federated: 'cognito-identity.amazonaws.com' }, Action: web },
  },
  {
    id: 'iam-role-trust-web-identity-audience',
    title: 'Roles for sign-in with Google, Facebook or Amazon name the application',
    severity: 'high',
    topic: 'authn-authz',
    why: 'Without the application, everybody with an account at the provider becomes this role.',
    remedy: 'Add a condition on the aud or app_id of the provider.',
    look: told('web-identity'),
    passing: {
      Principal: { Federated: 'accounts.google.com' },
      Action: web,
      Condition: { StringEquals: { 'accounts.google.com:aud': 'clinic.apps.example' } },
    },
    failing: { Principal: { Federated: 'accounts.google.com' }, Action: web },
  },
  {
    id: 'iam-role-trust-named-actions',
    title: 'Trust policies of roles name the ways to assume them',
    severity: 'low',
    why: 'A wildcard lets principals also set a source identity, tags or a context of their choice, which other policies may rely on.',
    remedy: 'Set Action to sts:AssumeRole or the one that is used.',
    look: (_, { actions }) =>
      actions.kind === 'all-but' || actions.words.some((word) => /^(\*|sts:(\*|assume\*))$/i.test(word)) ? 'wrong' : 'right',
    passing: { Principal: own },
    failing: { Principal: own, Action: 'sts:*' },
  },
]

const session = propertyControls([
  {
    ...identity,
    id: 'iam-role-session-one-hour',
    title: 'Sessions of roles end after an hour',
    severity: 'low',
    citations: ['164.312(a)(2)(iii)', ...leastPrivilege],
    why: 'Credentials of a session work until it ends, also in the hands of a thief: an hour leaves them little time.',
    remedy: 'Leave MaxSessionDuration out, or set it to 3600.',
    type: 'AWS::IAM::Role',
    path: 'MaxSessionDuration',
    expect: atMost(3600),
    absent: 'passes',
    passing: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: own }] },
      MaxSessionDuration: 3600,
    },
    failing: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: own }] },
      MaxSessionDuration: 43200,
    },
  },
])

/** Controls on who may become a role. */
export const iamRoleTrustControls: readonly ResourceControl[] = [...rows.map(trustControl), ...session]
