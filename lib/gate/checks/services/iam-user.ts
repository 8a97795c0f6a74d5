import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { listOf, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { grantsRoles } from './iam-role-makers.ts'
import { identity, leastPrivilege, privilege, secrecy } from './iam-safeguards.ts'

const user = { Type: 'AWS::IAM::User', Properties: {} }
const password = '{{resolve:secretsmanager:console-password}}'
const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'codebuild.amazonaws.com' } }],
}

/** Members that a group or a user gets from additions that name it. */
const additions = (target: Resource, deployment: Deployment, path: string) =>
  deployment.referring(target, 'AWS::IAM::UserToGroupAddition', path)

function judgeMembership(resource: Resource, deployment: Deployment): Outcome {
  const groups = resource.get('Groups')
  if (groups instanceof Unknown) return undecided('Groups', groups.reason)
  if (listOf(groups).length > 0) return pass('Groups', groups)
  const { certain, possible } = additions(resource, deployment, 'Users.*')
  if (certain[0] !== undefined) return pass('Groups', certain[0].logicalId)
  return possible[0] === undefined ? fail('Groups', undefined) : undecided('Groups', `${possible[0].logicalId} may name it`)
}

function judgeMembers(resource: Resource, deployment: Deployment): Outcome {
  const users = deployment.referring(resource, 'AWS::IAM::User', 'Groups.*')
  const added = additions(resource, deployment, 'GroupName')
  const [member] = [...users.certain, ...added.certain]
  if (member !== undefined) return pass('members', member.logicalId)
  const [possible] = [...users.possible, ...added.possible]
  return possible === undefined ? fail('members', undefined) : undecided('members', `${possible.logicalId} may name it`)
}

function judgeSecondFactor(resource: Resource, deployment: Deployment): Outcome | undefined {
  if (resource.get('LoginProfile') === undefined) return undefined
  const { certain, possible } = deployment.referring(resource, 'AWS::IAM::VirtualMFADevice', 'Users.*')
  if (certain[0] !== undefined) return pass('LoginProfile', certain[0].logicalId)
  if (possible[0] !== undefined) return undecided('LoginProfile', `${possible[0].logicalId} may be its second factor`)
  return fail('LoginProfile', undefined, 'The user has a password for the console and no second factor in the template.')
}

const logic: readonly ResourceControl[] = [
  {
    ...privilege,
    id: 'iam-user-in-group',
    title: 'Users belong to a group',
    severity: 'low',
    why: 'A user without a group has rights that nobody reviews together with those of others.',
    remedy: 'Set Groups of the user, or name it in an AWS::IAM::UserToGroupAddition.',
    types: ['AWS::IAM::User'],
    judge: judgeMembership,
    passing: { User: { Type: 'AWS::IAM::User', Properties: { Groups: ['readers'] } } },
    failing: { User: user },
  },
  {
    ...privilege,
    id: 'iam-group-has-users',
    title: 'Groups have at least one user',
    severity: 'low',
    why: 'An empty group keeps rights ready that nobody needs, for whoever may add a user to it.',
    remedy: 'Name the group in Groups of a user or in an AWS::IAM::UserToGroupAddition, or remove it.',
    types: ['AWS::IAM::Group'],
    judge: judgeMembers,
    passing: {
      Group: { Type: 'AWS::IAM::Group', Properties: {} },
      User: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'Group' }] } },
    },
    failing: { Group: { Type: 'AWS::IAM::Group', Properties: {} } },
  },
  {
    ...identity,
    id: 'iam-user-no-console-password',
    title: 'People sign in with roles, not as users with a password',
    severity: 'medium',
    why: 'A password of a user lives outside of the directory: it stays when its owner leaves, and is guessed or phished like any other.',
    remedy: 'Remove LoginProfile and let people sign in by IAM Identity Center.',
    types: ['AWS::IAM::User'],
    judge: (resource) => (resource.get('LoginProfile') === undefined ? pass('LoginProfile', undefined) : fail('LoginProfile', undefined)),
    passing: { User: user },
    failing: { User: { Type: 'AWS::IAM::User', Properties: { LoginProfile: { Password: password, PasswordResetRequired: true } } } },
  },
  {
    ...identity,
    id: 'iam-user-console-second-factor',
    title: 'Users with a password have a second factor',
    severity: 'medium',
    why: 'With the password alone a phished user opens the console to a stranger.',
    remedy: 'Add an AWS::IAM::VirtualMFADevice that names the user in Users.',
    types: ['AWS::IAM::User'],
    judge: judgeSecondFactor,
    passing: {
      User: { Type: 'AWS::IAM::User', Properties: { LoginProfile: { Password: password, PasswordResetRequired: true } } },
      Device: { Type: 'AWS::IAM::VirtualMFADevice', Properties: { Users: [{ Ref: 'User' }] } },
    },
    failing: { User: { Type: 'AWS::IAM::User', Properties: { LoginProfile: { Password: password, PasswordResetRequired: true } } } },
  },
  {
    ...secrecy,
    topic: 'authn-authz',
    id: 'iam-access-key-none',
    title: 'Programs use roles, not access keys that last',
    severity: 'medium',
    why: 'An access key works from anywhere until somebody deletes it, and CloudFormation hands its secret to whoever reads the stack.',
    remedy: 'Give the program a role, or IAM Roles Anywhere outside of AWS, and remove the AWS::IAM::AccessKey.',
    types: ['AWS::IAM::AccessKey'],
    judge: (resource) => (resource.get('Status') === 'Inactive' ? pass('Status', 'Inactive') : fail('Type', resource.type)),
    passing: { Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'legacy', Status: 'Inactive' } } },
    failing: { Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'legacy' } } },
  },
  {
    ...privilege,
    id: 'iam-role-maker-permissions-boundary',
    title: 'Roles that may make other roles have a permissions boundary',
    severity: 'low',
    why: 'Without a boundary, who may make roles makes one with more rights than its maker has.',
    remedy: 'Set PermissionsBoundary to a managed policy.',
    types: ['AWS::IAM::Role'],
    judge: (resource, deployment) => {
      if (!grantsRoles(resource, deployment)) return undefined
      const boundary = resource.get('PermissionsBoundary')
      return boundary === undefined ? fail('PermissionsBoundary', undefined) : pass('PermissionsBoundary', boundary)
    },
    passing: { Role: maker({ PermissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' }) },
    failing: { Role: maker({}) },
  },
  {
    ...secrecy,
    topic: 'encryption-in-transit',
    citations: ['164.312(e)(2)(ii)'],
    id: 'iam-server-certificate-none',
    title: 'Certificates stand in Certificate Manager, not in IAM',
    severity: 'low',
    why: 'IAM neither renews certificates nor tells when they end: the service stops the day they do, or people learn to click warnings away.',
    remedy: 'Use AWS::CertificateManager::Certificate in place of AWS::IAM::ServerCertificate.',
    types: ['AWS::IAM::ServerCertificate', 'AWS::CertificateManager::Certificate'],
    judge: ({ type }) => (type === 'AWS::IAM::ServerCertificate' ? fail('Type', type) : pass('Type', type)),
    passing: { Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'clinic.example.com' } } },
    failing: { Certificate: { Type: 'AWS::IAM::ServerCertificate', Properties: { ServerCertificateName: 'old' } } },
  },
]

function maker(more: Readonly<Record<string, unknown>>) {
  const Statement = [
    { Effect: 'Allow', Action: ['iam:CreateRole', 'iam:AttachRolePolicy'], Resource: 'arn:aws:iam::111122223333:role/app-*' },
  ]
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document,
      Policies: [{ PolicyName: 'make', PolicyDocument: { Version: '2012-10-17', Statement } }],
      ...more,
    },
  }
}

const oidc = { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] }
const set = { InstanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef', Name: 'readers' }

const rows = propertyControls([
  {
    ...identity,
    id: 'iam-user-password-reset',
    title: 'Users change their first password when they sign in',
    severity: 'medium',
    why: 'Whoever wrote the first password knows it: only once the user has changed it does nobody else know it.',
    remedy: 'Set LoginProfile.PasswordResetRequired to true.',
    type: 'AWS::IAM::User',
    path: 'LoginProfile.PasswordResetRequired',
    expect: isOn,
    absent: 'fails',
    when: { path: 'LoginProfile', expect: isGiven },
    passing: { LoginProfile: { Password: password, PasswordResetRequired: true } },
    failing: { LoginProfile: { Password: password } },
  },
  {
    ...identity,
    id: 'iam-oidc-provider-audience',
    title: 'OpenID Connect providers name their audience',
    severity: 'low',
    why: 'A token that was made for another application should not open this account.',
    remedy: 'Set ClientIdList, for most providers to sts.amazonaws.com.',
    type: 'AWS::IAM::OIDCProvider',
    path: 'ClientIdList',
    expect: isGiven,
    absent: 'fails',
    passing: oidc,
    failing: { Url: oidc.Url },
  },
  {
    ...identity,
    id: 'iam-oidc-provider-https',
    title: 'OpenID Connect providers are reached by HTTPS',
    severity: 'high',
    why: 'Over plain HTTP somebody on the way puts their own keys in place of those of the provider, and signs in as anybody.',
    remedy: 'Start Url with https://.',
    type: 'AWS::IAM::OIDCProvider',
    path: 'Url',
    expect: (value) => (typeof value !== 'string' ? undefined : !/^http:/i.test(value)),
    absent: 'does not apply',
    passing: oidc,
    failing: { ...oidc, Url: 'http://token.example.com' },
  },
  {
    ...identity,
    id: 'iam-saml-provider-encrypted-assertions',
    title: 'SAML providers send encrypted assertions',
    severity: 'low',
    why: 'An assertion passes through the browser and its logs. Encrypted, it tells nothing of the person there.',
    remedy: 'Set AssertionEncryptionMode to Required, with a private key.',
    type: 'AWS::IAM::SAMLProvider',
    path: 'AssertionEncryptionMode',
    expect: isOneOf('Required'),
    absent: 'fails',
    passing: { AssertionEncryptionMode: 'Required', AddPrivateKey: '{{resolve:secretsmanager:saml-key}}' },
    failing: {},
  },
  {
    ...identity,
    id: 'sso-permission-set-session',
    title: 'Sessions of permission sets end within a working day',
    severity: 'low',
    citations: ['164.312(a)(2)(iii)', ...leastPrivilege],
    why: 'Credentials of a session work until it ends, also on a laptop that was left or stolen.',
    remedy: 'Set SessionDuration to PT8H or less.',
    type: 'AWS::SSO::PermissionSet',
    path: 'SessionDuration',
    expect: matches(/^PT([1-7]H(\d+M)?|8H|\d+M)$/),
    absent: 'passes',
    passing: { ...set, SessionDuration: 'PT4H' },
    failing: { ...set, SessionDuration: 'PT12H' },
  },
  {
    ...privilege,
    id: 'sso-assignment-to-group',
    title: 'Permission sets are assigned to groups, not to single persons',
    severity: 'low',
    why: 'What is given to single persons is forgotten when they change work.',
    remedy: 'Set PrincipalType to GROUP and PrincipalId to the id of a group.',
    type: 'AWS::SSO::Assignment',
    path: 'PrincipalType',
    expect: isOneOf('GROUP'),
    absent: 'does not apply',
    passing: assignment('GROUP'),
    failing: assignment('USER'),
  },
])

function assignment(PrincipalType: string) {
  return {
    InstanceArn: set.InstanceArn,
    PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef',
    PrincipalId: '1234567890-12345678-1234-1234-1234-123456789012',
    PrincipalType,
    TargetId: '111122223333',
    TargetType: 'AWS_ACCOUNT',
  }
}

/** Controls on users, groups, keys and providers of identities. */
export const iamUserControls: readonly ResourceControl[] = [...logic, ...rows]
