import { type Session, unlessNamed } from './session.ts'

/** What is read from Amazon Cognito. */
export const signInFacts = (session: Session) => ({
  /** Whether a user pool asks for a second factor: `ON`, `OPTIONAL` or `OFF`; undefined when there is no pool of that name. */
  async secondFactor(region: string, poolName: string): Promise<string | undefined> {
    const { CognitoIdentityProviderClient, GetUserPoolMfaConfigCommand } = await import('@aws-sdk/client-cognito-identity-provider')
    const UserPoolId = await poolId(session, region, poolName)
    if (UserPoolId === undefined) return undefined
    const client = session.client(CognitoIdentityProviderClient, region)
    return (await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId }))).MfaConfiguration ?? 'OFF'
  },

  /** Whether anybody has an account in a user pool; undefined when there is no pool of that name. No attribute is read. */
  async poolHasPeople(region: string, poolName: string): Promise<boolean | undefined> {
    const { CognitoIdentityProviderClient, ListUsersCommand } = await import('@aws-sdk/client-cognito-identity-provider')
    const UserPoolId = await poolId(session, region, poolName)
    if (UserPoolId === undefined) return undefined
    const command = new ListUsersCommand({ UserPoolId, Limit: 1, AttributesToGet: [] })
    const { Users = [] } = await session.client(CognitoIdentityProviderClient, region).send(command)
    return Users.length > 0
  },

  /** The account whose user pool has a domain; undefined when AWS knows of none. */
  async domainHolder(region: string, domain: string): Promise<string | undefined> {
    const { CognitoIdentityProviderClient, DescribeUserPoolDomainCommand } = await import('@aws-sdk/client-cognito-identity-provider')
    const asked = session.client(CognitoIdentityProviderClient, region).send(new DescribeUserPoolDomainCommand({ Domain: domain }))
    // Nobody's domain is answered with an empty description; the API Reference knows this error besides (DescribeUserPoolDomain).
    return (await unlessNamed(['ResourceNotFoundException'], asked))?.DomainDescription?.AWSAccountId
  },
})

async function poolId(session: Session, region: string, name: string): Promise<string | undefined> {
  const { CognitoIdentityProviderClient, paginateListUserPools } = await import('@aws-sdk/client-cognito-identity-provider')
  const client = session.client(CognitoIdentityProviderClient, region)
  for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: 60 })) {
    const found = UserPools.find(({ Name }) => Name === name)
    if (found !== undefined) return found.Id
  }
  return undefined
}
