import { coveredOf, coversAction } from '../../access/actions.ts'
import { fieldsOf } from '../../access/arn.ts'
import type { Condition } from '../../access/condition.ts'
import { type Evidence, grantIn, isGrant, type Wanted } from '../../access/evidence.ts'
import { credentialActions, dataReads } from '../../access/exposing-actions.ts'
import { hasWildcard } from '../../access/pattern.ts'
import type { Statement } from '../../access/statement.ts'
import type { ResourceControl } from '../control.ts'
import { type Found, policyControls, type Search, some } from './iam-policy-judge.ts'

const role = 'arn:aws:iam::111122223333:role/app'
const bucket = 'arn:aws:s3:::records/*'
const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  more: Readonly<Record<string, unknown>> = {},
) => [{ Effect: 'Allow', Action, Resource, ...more }]

/** Statements that grant any of some actions as broadly as wanted: one piece of evidence a statement. */
const granting =
  (actions: readonly string[], wanted: Omit<Wanted, 'action'>) =>
  (statements: readonly Statement[]): readonly Evidence[] =>
    statements.flatMap((statement) => {
      for (const action of isGrant(statement) ? coveredOf(statement.actions, actions) : []) {
        const evidence = grantIn(statement, statements, { ...wanted, action })
        if (evidence !== undefined) return [evidence]
      }
      return []
    })

const everywhere = (actions: readonly string[]): Search => granting(actions, { breadth: 'everything' })

/**
 * Words that AWS's own basic policies of functions grant on everything: groups of logs are often made by the first writer, and network interfaces have no
 * name before they are made (AWSLambdaBasicExecutionRole and AWSLambdaVPCAccessExecutionRole, AWS Managed Policy Reference). A virtual device for a second
 * factor does nothing until a user enables it, and users choose its name ("IAM: Allows IAM users to self-manage an MFA device", IAM User Guide).
 */
const customary =
  /^(logs:(createlog(group|stream|\*)|putlogevents|putretentionpolicy)|ec2:(create|delete)networkinterface|ec2:(un)?assignprivateipaddresses|cloudwatch:putmetricdata|xray:put\w+|iam:createvirtualmfadevice)$/i

/** Actions that have a control of their own. */
const elsewhere = /^(iam:passrole|sts:assumerole)$/i

const exceptCustomary = (found: readonly Found[]): readonly Found[] =>
  found.flatMap((one) => {
    const actions = one.actions.filter((word) => !customary.test(word) && !elsewhere.test(word))
    return actions.length === 0 ? [] : [{ ...one, actions }]
  })

const isPassedTo = ({ key }: Condition): boolean => key === 'iam:passedtoservice'

/** `iam:PassRole` on every role, for a service that a condition names. */
const passingToService: Search = (statements) =>
  granting(['iam:PassRole'], { breadth: 'every-name', meets: isPassedTo })(statements).filter(({ statement }) =>
    conditionsAt(statements, statement).some(isPassedTo),
  )

/** `iam:PassRole` on roles whose names match a pattern, for any service. */
const passingByPattern: Search = (statements) => {
  const all = new Set(granting(['iam:PassRole'], { breadth: 'every-name' })(statements).map(({ statement }) => statement))
  const found = granting(['iam:PassRole'], { breadth: 'any' })(statements)
  return found.filter(({ statement, resources }) => !all.has(statement) && resources.some(hasWildcard))
}

/** `sts:AssumeRole` on roles of a name in whatever account. */
const assumingInAnyAccount: Search = (statements) => {
  const every = new Set(granting(['sts:AssumeRole'], { breadth: 'every-name' })(statements).map(({ statement }) => statement))
  return granting(['sts:AssumeRole'], { breadth: 'any' })(statements).flatMap((one) => {
    const resources = one.resources.filter((word) => hasWildcard(fieldsOf(word)[4] ?? ''))
    return every.has(one.statement) || resources.length === 0 ? [] : [{ ...one, resources }]
  })
}

const conditionsAt = (statements: readonly Statement[], index: number): readonly Condition[] =>
  statements.find((statement) => statement.index === index)?.conditions ?? []

const decryption = ['kms:Decrypt', 'kms:ReEncryptFrom'] as const
const secretReads = dataReads.filter((action) => /^(secretsmanager|ssm):/.test(action))
const objectReads = dataReads.filter((action) => /^s3(express)?:/.test(action))
const otherReads = dataReads.filter((action) => !/^(secretsmanager|ssm|s3|s3express|kms|logs):/.test(action))
const otherCredentials = credentialActions.filter((action) => action !== 'sts:AssumeRole')

/** Ways to more rights, each statement that opens some named once. */
const escalating: Search = (_, { escalation }) => {
  const byPlace = new Map<number, { readonly evidence: Evidence; readonly names: string[]; readonly actions: Set<string> }>()
  for (const { path, evidence } of escalation) {
    const [place] = evidence
    // Becoming any role has a control of its own.
    if (place === undefined || path.actions[0] === 'sts:AssumeRole') continue
    const entry = byPlace.get(place.statement) ?? { evidence: place, names: [], actions: new Set<string>() }
    entry.names.push(path.name)
    for (const action of path.actions) entry.actions.add(action)
    byPlace.set(place.statement, entry)
  }
  return [...byPlace.values()].map(({ evidence, names, actions }) => ({
    ...evidence,
    actions: [...actions],
    message: `Whoever holds it gains more rights by ${some(names)}.`,
  }))
}

/** Controls on what policies of identities grant. */
export const iamPolicyGrantControls: readonly ResourceControl[] = policyControls([
  {
    id: 'iam-policy-full-administrator',
    title: 'No policy allows every action on every resource',
    severity: 'high',
    why: 'Whoever gets hold of one such identity, by a leaked key or a flaw in a program, owns the account with all data and all logs.',
    remedy: 'Name in Action what the identity really does, and in Resource what it does it to.',
    search: (_, { fullAdministrator }) => fullAdministrator,
    ofAdministrators: true,
    passing: allow('s3:GetObject', bucket),
    failing: allow('*'),
  },
  {
    id: 'iam-policy-whole-service',
    title: 'No policy allows every action of a service',
    severity: 'medium',
    why: 'All actions of a service hold those that delete data, share it with strangers and turn logs off, and every new one that AWS adds.',
    remedy: 'Name the actions in place of the wildcard: s3:GetObject, not s3:*.',
    search: (_, { serviceWide }) => serviceWide,
    passing: allow(['s3:GetObject', 's3:List*'], bucket),
    failing: allow('s3:*', bucket),
  },
  {
    id: 'iam-policy-not-action',
    title: 'No policy allows all actions but some',
    severity: 'medium',
    why: 'Allow with NotAction grants everything that nobody thought of, also in services that AWS launches later.',
    remedy: 'List what is allowed in Action; keep NotAction for Deny.',
    search: (_, { notAction }) => notAction,
    ofAdministrators: true,
    passing: [
      ...allow('s3:GetObject', bucket),
      { Effect: 'Deny', NotAction: 'iam:*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
    ],
    failing: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
  },
  {
    id: 'iam-policy-not-resource',
    title: 'No policy allows actions on all resources but some',
    severity: 'medium',
    why: 'Allow with NotResource reaches every resource that nobody listed: the next bucket with records is open the day it is made.',
    remedy: 'List what is reached in Resource; keep NotResource for Deny.',
    search: (_, { notResource }) => notResource,
    ofAdministrators: true,
    passing: allow('s3:GetObject', bucket),
    failing: [{ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::billing/*' }],
  },
  {
    id: 'iam-policy-write-anywhere',
    title: 'Policies name the resources that may be changed',
    severity: 'medium',
    why: 'Rights to write on all resources let one broken program change or delete what belongs to every other.',
    remedy: 'Put the ARNs of the resources in Resource, or pin them with a condition such as aws:ResourceTag.',
    search: (_, { writeEverywhere }) => exceptCustomary(writeEverywhere),
    ofAdministrators: true,
    passing: [...allow(['logs:CreateLogStream', 'logs:PutLogEvents']), ...allow('s3:PutObject', bucket)],
    failing: allow(['s3:PutObject', 'dynamodb:DeleteItem']),
  },
  {
    id: 'iam-policy-permissions-management-anywhere',
    title: 'Policies name the resources whose permissions may be changed',
    severity: 'high',
    why: 'Who may set the policy of every bucket, key or role can give themselves and strangers whatever they like.',
    remedy: 'Put the ARNs of the resources in Resource, or leave such actions to the pipeline that deploys.',
    search: (_, { permissionsManagementEverywhere }) => permissionsManagementEverywhere,
    ofAdministrators: true,
    passing: allow('s3:PutBucketPolicy', 'arn:aws:s3:::records'),
    failing: allow('s3:PutBucketPolicy'),
  },
  {
    id: 'iam-policy-escalation',
    title: 'No policy lets somebody gain more rights than it grants',
    severity: 'high',
    why: 'A few actions together are as good as administrator: whoever may pass a strong role to a new function runs code with the rights of that role.',
    remedy: 'Name the roles and other resources in Resource, demand a permissions boundary, or take one of the actions away.',
    search: escalating,
    ofAdministrators: true,
    passing: [...allow('iam:PassRole', role), ...allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])],
    failing: allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']),
  },
  {
    id: 'iam-policy-pass-any-role',
    title: 'No policy allows passing every role',
    severity: 'high',
    why: 'Who may pass any role to a service acts with the strongest role in the account.',
    remedy: 'Name the roles in Resource of the statement with iam:PassRole.',
    search: granting(['iam:PassRole'], { breadth: 'every-name' }),
    passing: allow('iam:PassRole', role),
    failing: allow('iam:PassRole'),
  },
  {
    id: 'iam-policy-pass-any-role-to-service',
    title: 'Policies name the roles that may be passed to a service',
    severity: 'medium',
    why: 'Every role that trusts the service can be passed, also those of other teams with more rights.',
    remedy: 'Name the roles in Resource, beside the condition on iam:PassedToService.',
    search: passingToService,
    passing: allow('iam:PassRole', role, { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }),
    failing: allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }),
  },
  {
    id: 'iam-policy-pass-roles-by-pattern',
    title: 'Roles that are passed by a pattern of names go to a named service',
    severity: 'low',
    why: 'A pattern takes in roles that are made later. Without iam:PassedToService they can be handed to any service that they trust.',
    remedy: 'Add a condition on iam:PassedToService, or name the roles in full.',
    search: passingByPattern,
    passing: allow('iam:PassRole', `${role}-*`, { Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } }),
    failing: allow('iam:PassRole', `${role}-*`),
  },
  {
    id: 'iam-policy-assume-any-role',
    title: 'No policy allows becoming every role',
    severity: 'high',
    why: 'Every role that trusts the account becomes reachable, with administrators among them, and roles of other accounts too.',
    remedy: 'Name the roles in Resource of the statement with sts:AssumeRole.',
    search: granting(['sts:AssumeRole'], { breadth: 'every-name' }),
    passing: allow('sts:AssumeRole', role),
    failing: allow('sts:AssumeRole'),
  },
  {
    id: 'iam-policy-assume-role-in-any-account',
    title: 'Policies name the accounts whose roles may be assumed',
    severity: 'medium',
    why: 'Anybody can make a role of that name in an account of their own, and let your program carry data there.',
    remedy: 'Put the account id into the ARN of the role.',
    search: assumingInAnyAccount,
    passing: allow('sts:AssumeRole', role),
    failing: allow('sts:AssumeRole', 'arn:aws:iam::*:role/deployer'),
  },
  {
    id: 'iam-policy-decrypt-any-key',
    title: 'No policy allows decrypting with every key',
    severity: 'high',
    why: 'Keys keep data of teams apart. Who may decrypt with all of them reads whatever encrypted data they can reach.',
    remedy: 'Name the keys in Resource of the statements with kms:Decrypt and kms:ReEncryptFrom.',
    search: granting(decryption, { breadth: 'every-name' }),
    passing: allow('kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
    failing: allow('kms:Decrypt'),
  },
  {
    id: 'iam-policy-read-any-secret',
    title: 'No policy allows reading every secret',
    severity: 'high',
    why: 'Secrets of all programs, with passwords of databases among them, come with one leaked identity.',
    remedy: 'Name the secrets and parameters in Resource.',
    search: everywhere(secretReads),
    passing: allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:app-AbCdEf'),
    failing: allow('secretsmanager:GetSecretValue'),
  },
  {
    id: 'iam-policy-read-any-object',
    title: 'No policy allows reading the objects of every bucket',
    severity: 'high',
    why: 'Every file of the account, also of buckets that are made later, can be copied away with one leaked identity.',
    remedy: 'Name the buckets in Resource.',
    search: everywhere(objectReads),
    passing: allow('s3:GetObject', bucket),
    failing: allow('s3:GetObject'),
  },
  {
    id: 'iam-policy-read-any-store',
    title: 'No policy allows reading the data of every table, queue or other store',
    severity: 'medium',
    why: 'Records of all programs can be copied away with one leaked identity, where the work needs one table.',
    remedy: 'Name the stores in Resource.',
    search: everywhere(otherReads),
    ofAdministrators: true,
    passing: allow(['dynamodb:Query', 'dynamodb:GetItem'], 'arn:aws:dynamodb:us-east-1:111122223333:table/visits'),
    failing: allow(['dynamodb:Query', 'dynamodb:GetItem']),
  },
  {
    id: 'iam-policy-credentials-anywhere',
    title: 'No policy allows taking credentials of everybody else',
    severity: 'high',
    why: 'New access keys, passwords and sign-ins for other identities are a way to their rights that outlives the leak.',
    remedy: 'Name the users, roles or databases in Resource, or pin them to the caller with ${aws:username}.',
    search: everywhere(otherCredentials),
    ofAdministrators: true,
    passing: allow('iam:CreateAccessKey', 'arn:aws:iam::111122223333:user/${aws:username}'),
    failing: allow('iam:CreateAccessKey'),
  },
])

/** Whether statements allow making or changing roles, wherever. */
export const mayMakeRoles = (statements: readonly Statement[]): boolean =>
  statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' && ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'].some((action) => coversAction(actions, action)),
  )
