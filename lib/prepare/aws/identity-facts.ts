import { type Session, unlessNamed } from './session.ts'

/** The root user of an account. Zero and one, as IAM's account summary tells them. */
export interface RootUser {
  readonly hasMfa: boolean
  readonly hasPassword: boolean
  readonly accessKeys: number
  readonly certificates: number
}

/** The account's password policy. */
export interface PasswordPolicy {
  readonly minimumLength: number
  readonly allCharacterTypes: boolean
  /** Days until a password expires; undefined when it never does. */
  readonly maximumAge: number | undefined
  /** Passwords remembered. */
  readonly remembered: number
}

/** An IAM user as far as signing in goes. */
export interface IamUser {
  readonly hasPassword: boolean
  /** Serial numbers of its MFA devices. */
  readonly mfaSerials: readonly string[]
  /** How many access keys it has, inactive ones among them. */
  readonly accessKeys: number
}

// IAM is one service for all Regions of the partition.
const anywhere = 'us-east-1'

/** What is read from IAM. */
export const identityFacts = (session: Session) => ({
  async rootUser(): Promise<RootUser> {
    const { GetAccountSummaryCommand, IAMClient } = await import('@aws-sdk/client-iam')
    const { SummaryMap = {} } = await session.client(IAMClient, anywhere).send(new GetAccountSummaryCommand({}))
    return {
      hasMfa: SummaryMap.AccountMFAEnabled === 1,
      // Absent from older summaries; then the root user is taken to have one.
      hasPassword: SummaryMap.AccountPasswordPresent !== 0,
      accessKeys: SummaryMap.AccountAccessKeysPresent ?? 0,
      certificates: SummaryMap.AccountSigningCertificatesPresent ?? 0,
    }
  },

  /** Undefined when the account has none of its own. */
  async passwordPolicy(): Promise<PasswordPolicy | undefined> {
    const { GetAccountPasswordPolicyCommand, IAMClient } = await import('@aws-sdk/client-iam')
    const call = session.client(IAMClient, anywhere).send(new GetAccountPasswordPolicyCommand({}))
    const policy = (await unlessMissing(call))?.PasswordPolicy
    if (policy === undefined) return undefined
    const types = [policy.RequireLowercaseCharacters, policy.RequireUppercaseCharacters, policy.RequireNumbers, policy.RequireSymbols]
    return {
      minimumLength: policy.MinimumPasswordLength ?? 0,
      allCharacterTypes: types.every((required) => required === true),
      maximumAge: policy.ExpirePasswords === true ? policy.MaxPasswordAge : undefined,
      remembered: policy.PasswordReusePrevention ?? 0,
    }
  },

  /** Undefined when there is no such user. */
  async user(name: string): Promise<IamUser | undefined> {
    const { GetLoginProfileCommand, GetUserCommand, IAMClient, ListAccessKeysCommand, ListMFADevicesCommand } = await import(
      '@aws-sdk/client-iam'
    )
    const iam = session.client(IAMClient, anywhere)
    if ((await unlessMissing(iam.send(new GetUserCommand({ UserName: name })))) === undefined) return undefined
    const [password, devices, keys] = await Promise.all([
      unlessMissing(iam.send(new GetLoginProfileCommand({ UserName: name }))),
      iam.send(new ListMFADevicesCommand({ UserName: name })),
      iam.send(new ListAccessKeysCommand({ UserName: name })),
    ])
    return {
      hasPassword: password !== undefined,
      mfaSerials: (devices.MFADevices ?? []).flatMap(({ SerialNumber }) => SerialNumber ?? []),
      accessKeys: keys.AccessKeyMetadata?.length ?? 0,
    }
  },

  async roleExists(name: string): Promise<boolean> {
    const { GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam')
    return (await unlessMissing(session.client(IAMClient, anywhere).send(new GetRoleCommand({ RoleName: name })))) !== undefined
  },

  /** ARN of the permissions boundary of a role; undefined when the role has none, or does not exist. */
  async roleBoundary(name: string): Promise<string | undefined> {
    const { GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam')
    const answer = await unlessMissing(session.client(IAMClient, anywhere).send(new GetRoleCommand({ RoleName: name })))
    return answer?.Role?.PermissionsBoundary?.PermissionsBoundaryArn
  },

  /** Names of the roles that IAM Identity Center keeps in the account, one for each permission set assigned there. */
  async identityCenterRoles(): Promise<readonly string[]> {
    const { IAMClient, paginateListRoles } = await import('@aws-sdk/client-iam')
    const pages = paginateListRoles({ client: session.client(IAMClient, anywhere) }, { PathPrefix: '/aws-reserved/sso.amazonaws.com/' })
    const names: string[] = []
    for await (const { Roles = [] } of pages) names.push(...Roles.flatMap(({ RoleName }) => RoleName ?? []))
    return names
  },

  /** Tags of the account's OpenID Connect provider for a host; undefined when there is no such provider. */
  async oidcProviderTags(host: string): Promise<Readonly<Record<string, string>> | undefined> {
    const { GetOpenIDConnectProviderCommand, IAMClient } = await import('@aws-sdk/client-iam')
    const arn = `arn:aws:iam::${session.account}:oidc-provider/${host}`
    const call = session.client(IAMClient, anywhere).send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }))
    const provider = await unlessMissing(call)
    if (provider === undefined) return undefined
    return Object.fromEntries((provider.Tags ?? []).map(({ Key, Value }) => [String(Key), String(Value)]))
  },
})

const unlessMissing = <Answer>(call: Promise<Answer>) => unlessNamed(['NoSuchEntity', 'NoSuchEntityException'], call)
