import type { EnvironmentConfig } from '../../config/schema.ts'

/** A trust policy as IAM takes it. */
export interface TrustPolicy {
  readonly Version: '2012-10-17'
  readonly Statement: readonly object[]
}

/** Host of GitHub's OpenID Connect provider; also the prefix of its condition keys. */
export const githubProvider = 'token.actions.githubusercontent.com'

/**
 * Trusts the people whom IAM Identity Center lets use one permission set in this account, and nobody else there.
 * The role of a permission set stands under a path that only Identity Center can write, with a random end to its name
 * (IAM Identity Center User Guide, "Referencing permission sets in resource policies"). Second factors are asked for by Identity Center: its
 * sessions carry no `aws:MultiFactorAuthPresent`. A session must have the name of the session it comes from, which is the
 * person's, so that every line of the trail names a person; the console's "Switch role" names it so, and so does `role_session_name` of a profile.
 */
export const trustsPermissionSet = (account: string, permissionSet: string): TrustPolicy =>
  trusting({
    Sid: `PeopleWith${permissionSet}EnterUnderTheirOwnName`,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'sts:AssumeRole',
    Condition: {
      ArnLike: {
        'aws:PrincipalArn': `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_${permissionSet}_*`,
      },
      // `aws:userid` of a role session is `<id of the role>:<name of the session>`.
      StringLike: { 'aws:userid': '*:${sts:RoleSessionName}' },
    },
  })

/** Trusts the named users once they have shown their security key within the last hour, each under their own name. */
export const trustsUsersWithKey = (userArns: readonly string[]): TrustPolicy =>
  trusting({
    Sid: 'NamedPeopleBreakTheGlassWithTheirKey',
    Effect: 'Allow',
    Principal: { AWS: userArns },
    Action: 'sts:AssumeRole',
    Condition: {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
      StringEquals: { 'sts:RoleSessionName': '${aws:username}' },
    },
  })

/** Trusts jobs of one GitHub environment of one repository (IAM User Guide, "Configuring a role for GitHub OIDC identity provider"). */
export const trustsGithubEnvironment = ({ accounts, github }: EnvironmentConfig): TrustPolicy =>
  trusting({
    Sid: 'OneEnvironmentOfOneRepositoryDeploys',
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${accounts.workload}:oidc-provider/${githubProvider}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${githubProvider}:aud`]: 'sts.amazonaws.com', [`${githubProvider}:sub`]: githubSubject(github) } },
  })

/** Subject of the tokens GitHub issues to jobs of an environment. */
export const githubSubject = ({ repository, environment }: EnvironmentConfig['github']): string =>
  `repo:${repository}:environment:${environment}`

const trusting = (statement: object): TrustPolicy => ({ Version: '2012-10-17', Statement: [statement] })
