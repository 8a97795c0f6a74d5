import assert from 'node:assert/strict'
import type { Template } from 'aws-cdk-lib/assertions'
import { type Duty, duties } from '../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Claim, resourcesOf, type TemplateResource } from './claim.ts'
import { type ExpectedStatement, expectedPolicies, revocation } from './operators/policies.ts'
import { expectCounts } from './resources.ts'

type PolicyName = keyof typeof expectedPolicies
type Stack = 'operators' | 'operators-audit' | 'operators-recovery'

/** Roles people enter, with the permission set that lets them in, and the duty whose account they stand in. */
const people = [
  ['custodian', 'SafeHarborCustodian', 'every', 'Looks after the keys and stops them in an emergency; never uses one.'],
  [
    'responder',
    'SafeHarborResponder',
    'every',
    'Revokes every session issued before now, and takes the service offline; can do nothing else.',
  ],
  ['reviewer', 'SafeHarborReviewer', 'every', 'Reads how the account is configured; reads no data.'],
  ['investigator', 'SafeHarborInvestigator', 'audit', 'Queries the archive of evidence; writes nothing but query results.'],
  ['privacy-officer', 'SafeHarborPrivacyOfficer', 'workload', 'Reads the access ledger to answer whose data was seen; reads no record.'],
  ['records-officer', 'SafeHarborRecordsOfficer', 'workload', 'Erases patients and practices by deleting their wrapped keys; opens none.'],
  [
    'recovery-approver',
    'SafeHarborRecoveryApprover',
    'recovery',
    'Lets the opener open one patient key of the recovery account; opens nothing.',
  ],
  ['recovery-opener', 'SafeHarborRecoveryOpener', 'recovery', 'Opens what the approver has approved; approves nothing.'],
] as const

/** Policies of the workload account besides those of people's roles. */
const pipelinePolicies = [
  'break-glass',
  'break-glass-door',
  'deployment',
  'workload-boundary',
  'workload-deployer-boundary',
  'workload-deployment',
  'workload-deployment-detection',
  'workload-deployment-roles',
  'workload-deployment-service',
  'workload-deployment-stores',
] as const satisfies readonly PolicyName[]

/** What key policies let the operators do: the boundary must not be in the way. */
const byKeyPolicy = {
  every:
    'kms:CancelKeyDeletion kms:DescribeKey kms:DisableKey kms:EnableKey kms:GetKeyPolicy kms:GetKeyRotationStatus kms:ListGrants kms:ListKeyPolicies kms:ListKeyRotations kms:ListResourceTags kms:RevokeGrant kms:RotateKeyOnDemand',
  recovery: 'kms:CreateGrant kms:Decrypt kms:DescribeKey kms:ListGrants kms:RetireGrant kms:RevokeGrant',
}

/** What takes the service offline, beside that. */
const offlineStatements: readonly ExpectedStatement[] = [
  {
    sid: 'StopAndStartTheService',
    effect: 'Allow',
    actions: 'lambda:GetFunctionConcurrency lambda:PutFunctionConcurrency',
    resources: ['intake', 'patient', 'provider'].map((name) => `arn:aws:lambda:{region}:{account}:function:{prefix}-${name}`).join(' '),
  },
  {
    sid: 'CloseAndOpenTheDoor',
    effect: 'Allow',
    actions: 'wafv2:GetIPSet wafv2:UpdateIPSet',
    resources: ['v4', 'v6'].map((version) => `arn:aws:wafv2:{region}:{account}:regional/ipset/{prefix}-offline-${version}/*`).join(' '),
  },
  { sid: 'FindTheDoor', effect: 'Allow', actions: 'wafv2:ListIPSets', resources: '*' },
]

const responderActions = 'iam:CreatePolicyVersion iam:DeletePolicyVersion iam:GetPolicy iam:GetPolicyVersion iam:ListPolicyVersions'

const stackDuty: Readonly<Record<Stack, Duty>> = { operators: 'workload', 'operators-audit': 'audit', 'operators-recovery': 'recovery' }

/** The account a stack stands in, and the duties it has there. */
const placed = (stack: Stack, config: EnvironmentConfig) => {
  const account = config.accounts[stackDuty[stack]]
  return { account, held: duties.filter((duty) => config.accounts[duty] === account) }
}
const peopleIn = (held: readonly Duty[]) => people.filter(([, , duty]) => duty === 'every' || held.includes(duty))
const boundariesIn = (held: readonly Duty[]) => [
  ...(held.includes('workload') ? ['session-boundary', 'workload-boundary', 'workload-deployer-boundary'] : []),
  'operator-boundary',
]

/** The account a claim speaks of differs by stack; names differ by environment. */
function filled<T>(value: T, stack: Stack, config: EnvironmentConfig): T {
  const prefix = `safe-harbor-${config.name}`
  const text = JSON.stringify(value)
    .replaceAll('{prefix}', prefix)
    .replaceAll('{prefix_}', prefix.replaceAll('-', '_'))
    .replaceAll('{logs}', `safe-harbor/${config.name}`)
    .replaceAll('{account}', placed(stack, config).account)
    .replaceAll('{region}', config.regions.primary)
    .replaceAll('{name}', config.name)
  return JSON.parse(text) as T
}

const one = (values: readonly string[]): string | readonly string[] => (values.length === 1 ? (values[0] as string) : values)
const rendered = ({ sid, effect, actions, notActions, resources, condition }: ExpectedStatement) => ({
  Sid: sid,
  Effect: effect,
  ...(actions !== undefined && { Action: one(actions.split(' ')) }),
  ...(notActions !== undefined && { NotAction: one(notActions.split(' ')) }),
  Resource: one(resources.split(' ')),
  ...(condition && { Condition: condition }),
})

/** The resource of a type whose property has a value, and its logical id. */
function named(template: Template, type: string, property: string, name: string): readonly [string, TemplateResource] {
  const found = Object.entries(resourcesOf(template, type)).filter(([, { Properties }]) => Properties[property] === name)
  assert.equal(found.length, 1, `there is one ${type} ${name}`)
  return found[0] as [string, TemplateResource]
}
const policy = (template: Template, config: EnvironmentConfig, name: string) =>
  named(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', `safe-harbor-${config.name}-${name}`)

function saysExactly(template: Template, stack: Stack, config: EnvironmentConfig, name: string, statements: readonly ExpectedStatement[]) {
  const [, { Properties, Metadata }] = policy(template, config, name)
  assert.deepEqual(Properties['PolicyDocument'], { Version: '2012-10-17', Statement: filled(statements, stack, config).map(rendered) })
  assert.deepEqual(Object.keys(Properties).sort(), ['Description', 'ManagedPolicyName', 'Path', 'PolicyDocument'])
  assert.equal(Properties['Path'], '/')
  assert.match(String(Properties['Description']), /^[A-Z].{20,}\.$/)
  const reasons = (Metadata?.['SafeHarbor'] ?? {}) as Record<string, string>
  for (const { sid, effect, resources } of statements)
    if (effect === 'Allow' && resources.includes('*')) assert.ok((reasons[sid] ?? '').length > 20, `${sid} says why it holds a wildcard`)
}

const actionsAllowed = (statements: readonly ExpectedStatement[]): string[] =>
  statements.filter(({ effect }) => effect === 'Allow').flatMap(({ actions = '' }) => actions.split(' '))

function boundaryOf(held: readonly Duty[]): ExpectedStatement[] {
  const roles = peopleIn(held).flatMap(([name]) => (name === 'responder' ? [] : [name]))
  const inWorkload = held.includes('workload') ? (['break-glass', 'break-glass-door', 'deployment'] as const) : []
  const actions = [
    ...[...roles, ...inWorkload].flatMap((name) => actionsAllowed(expectedPolicies[name])),
    ...responderActions.split(' '),
    ...(held.includes('workload') ? actionsAllowed(offlineStatements) : []),
    ...byKeyPolicy.every.split(' '),
    ...(held.includes('recovery') ? byKeyPolicy.recovery.split(' ') : []),
  ]
  const sid = 'AtMostWhatOperatorsAreFor'
  return [{ sid, effect: 'Allow', actions: [...new Set(actions)].sort().join(' '), resources: '*' }, revocation]
}

const responderOf = (held: readonly Duty[]): ExpectedStatement[] => [
  {
    sid: 'MoveTheRevocationDate',
    effect: 'Allow',
    actions: responderActions,
    resources: boundariesIn(held)
      .sort()
      .map((name) => `arn:aws:iam::{account}:policy/{prefix}-${name}`)
      .join(' '),
  },
  ...(held.includes('workload') ? offlineStatements : []),
]

/** Everything a role says but what it is for. */
function roleSays(template: Template, config: EnvironmentConfig, name: string, description: string, trust: object): void {
  const [, role] = named(template, 'AWS::IAM::Role', 'RoleName', `safe-harbor-${config.name}-${name}`)
  const [policyId] = policy(template, config, name)
  const [boundaryId] = policy(template, config, 'operator-boundary')
  assert.deepEqual(role.Properties, {
    RoleName: `safe-harbor-${config.name}-${name}`,
    Description: description,
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
    ManagedPolicyArns: [{ Ref: policyId }],
    PermissionsBoundary: { Ref: boundaryId },
    MaxSessionDuration: 3600,
  })
}

const permissionSetTrust = (permissionSet: string) => ({
  Sid: `PeopleWith${permissionSet}EnterUnderTheirOwnName`,
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::{account}:root' },
  Action: 'sts:AssumeRole',
  Condition: {
    ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::{account}:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_${permissionSet}_*` },
    StringLike: { 'aws:userid': '*:${sts:RoleSessionName}' },
  },
})

const claimsOf = (stack: Stack): Claim[] => [
  {
    says: 'the account holds the roles, policies and users of its duties and no other identity',
    stack,
    check: (template, config) => {
      const { held } = placed(stack, config)
      const inWorkload = held.includes('workload')
      const roles = [...peopleIn(held).map(([name]) => name), ...(inWorkload ? ['break-glass', 'deployment'] : [])]
      const policies = ['operator-boundary', ...peopleIn(held).map(([name]) => name), ...(inWorkload ? pipelinePolicies : [])]
      const names = (type: string, property: string) =>
        Object.values(resourcesOf(template, type)).map(({ Properties }) => String(Properties[property]))
      const ours = (all: readonly string[]) => all.map((name) => `safe-harbor-${config.name}-${name}`).sort()
      assert.deepEqual(names('AWS::IAM::Role', 'RoleName').sort(), ours(roles))
      assert.deepEqual(names('AWS::IAM::ManagedPolicy', 'ManagedPolicyName').sort(), ours(policies))
      assert.deepEqual(names('AWS::IAM::User', 'UserName').sort(), inWorkload ? [...config.breakGlass].sort() : [])
      const ofPipeline = inWorkload && !config.adopted.includes('github-oidc-provider')
      expectCounts(template, {
        'AWS::IAM::Role': roles.length,
        'AWS::IAM::ManagedPolicy': policies.length,
        ...(inWorkload && { 'AWS::IAM::User': config.breakGlass.length, 'AWS::IAM::Group': 1 }),
        ...(ofPipeline && { 'AWS::IAM::OIDCProvider': 1 }),
      })
    },
  },
  {
    says: 'people enter only by their permission set, under their own name, for an hour, within the operator boundary',
    stack,
    check: (template, config) => {
      for (const [name, permissionSet, , description] of peopleIn(placed(stack, config).held))
        roleSays(template, config, name, description, filled(permissionSetTrust(permissionSet), stack, config))
    },
  },
  {
    says: 'the operator boundary lets through what the operators of the account are for, and can end their sessions',
    stack,
    check: (template, config) => saysExactly(template, stack, config, 'operator-boundary', boundaryOf(placed(stack, config).held)),
  },
  {
    says: 'the responder moves the boundaries of the account, closes and opens the service where it runs, and does nothing else',
    stack,
    check: (template, config) => saysExactly(template, stack, config, 'responder', responderOf(placed(stack, config).held)),
  },
  ...people.flatMap(([name, , duty]): Claim[] => {
    if (name === 'responder') return []
    return [
      {
        says: `the ${name} may do what is written down, where the role stands`,
        stack,
        check: (template, config) => {
          if (duty === 'every' || placed(stack, config).held.includes(duty))
            saysExactly(template, stack, config, name, expectedPolicies[name])
        },
      },
    ]
  }),
]

const workloadClaims: readonly Claim[] = [
  ...pipelinePolicies.map(
    (name): Claim => ({
      says: `${name} says what is written down, word for word`,
      stack: 'operators',
      check: (template, config) => saysExactly(template, 'operators', config, name, expectedPolicies[name]),
    }),
  ),
  {
    says: 'two named people break the glass with a security key shown within the hour, each under their own name',
    stack: 'operators',
    check: (template, config) => {
      const users = config.breakGlass.map((name) => named(template, 'AWS::IAM::User', 'UserName', name)[0])
      roleSays(
        template,
        config,
        'break-glass',
        'Reads patient records in an emergency: two named people with security keys, one hour, rings when used.',
        {
          Sid: 'NamedPeopleBreakTheGlassWithTheirKey',
          Effect: 'Allow',
          Principal: { AWS: users.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })) },
          Action: 'sts:AssumeRole',
          Condition: {
            Bool: { 'aws:MultiFactorAuthPresent': 'true' },
            NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
            StringEquals: { 'sts:RoleSessionName': '${aws:username}' },
          },
        },
      )
    },
  },
  {
    says: 'the two people have no password, no access key and no policy of their own, only the group whose policy is the door',
    stack: 'operators',
    check: (template, config) => {
      const [groupId, group] = named(template, 'AWS::IAM::Group', 'GroupName', `safe-harbor-${config.name}-break-glass`)
      const [doorId] = policy(template, config, 'break-glass-door')
      const [boundaryId] = policy(template, config, 'operator-boundary')
      assert.deepEqual(group.Properties, {
        GroupName: `safe-harbor-${config.name}-break-glass`,
        ManagedPolicyArns: [{ Ref: doorId }],
      })
      for (const UserName of config.breakGlass)
        assert.deepEqual(named(template, 'AWS::IAM::User', 'UserName', UserName)[1].Properties, {
          UserName,
          Groups: [{ Ref: groupId }],
          PermissionsBoundary: { Ref: boundaryId },
        })
    },
  },
  {
    says: 'only jobs of the one GitHub environment of the one repository deploy',
    stack: 'operators',
    check: (template, config) => {
      roleSays(template, config, 'deployment', 'Deploys the workload path from one GitHub environment of one repository.', {
        Sid: 'OneEnvironmentOfOneRepositoryDeploys',
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${config.accounts.workload}:oidc-provider/token.actions.githubusercontent.com` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': `repo:${config.github.repository}:environment:${config.github.environment}`,
          },
        },
      })
      for (const [id, { Properties }] of Object.entries(resourcesOf(template, 'AWS::IAM::OIDCProvider'))) {
        assert.deepEqual(Properties, {
          Url: 'https://token.actions.githubusercontent.com',
          ClientIdList: ['sts.amazonaws.com'],
        })
        const roles = Object.values(resourcesOf(template, 'AWS::IAM::Role'))
        const deployment = roles.find(({ Properties }) => Properties['RoleName'] === `safe-harbor-${config.name}-deployment`)
        assert.deepEqual(deployment?.DependsOn, [id])
      }
    },
  },
]

/** What the stacks `operators`, `operators-audit` and `operators-recovery` must say. */
export const operatorsClaims: readonly Claim[] = [
  ...claimsOf('operators'),
  ...claimsOf('operators-audit'),
  ...claimsOf('operators-recovery'),
  ...workloadClaims,
]
