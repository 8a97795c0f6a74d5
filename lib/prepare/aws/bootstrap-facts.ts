import { type Session, unlessNamed } from './session.ts'

/** What the CDK bootstrap of one qualifier left in an account and Region. */
export interface Bootstrap {
  /** Version of its template. */
  readonly version: number
  /** ARNs of the policies of the role that CloudFormation deploys with. */
  readonly executionPolicies: readonly string[]
  /** Accounts, or `*`, that may deploy here besides the account itself. */
  readonly trusted: readonly string[]
}

/** What is read of CDK bootstraps. */
export const bootstrapFacts = (session: Session) => ({
  /** Undefined when the qualifier is not bootstrapped there. */
  async bootstrap(region: string, qualifier: string): Promise<Bootstrap | undefined> {
    const version = await bootstrapVersion(session, region, qualifier)
    if (version === undefined) return undefined
    const { GetRoleCommand, IAMClient, ListAttachedRolePoliciesCommand } = await import('@aws-sdk/client-iam')
    const iam = session.client(IAMClient, region)
    const role = (what: string) => `cdk-${qualifier}-${what}-role-${session.account}-${region}`
    const [attached, deploy] = await Promise.all([
      iam.send(new ListAttachedRolePoliciesCommand({ RoleName: role('cfn-exec') })),
      iam.send(new GetRoleCommand({ RoleName: role('deploy') })),
    ])
    return {
      version,
      executionPolicies: (attached.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []),
      trusted: trustedBesides(session.account, deploy.Role?.AssumeRolePolicyDocument ?? ''),
    }
  },
})

async function bootstrapVersion(session: Session, region: string, qualifier: string): Promise<number | undefined> {
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm')
  const call = session.client(SSMClient, region).send(new GetParameterCommand({ Name: `/cdk-bootstrap/${qualifier}/version` }))
  const answer = await unlessNamed(['ParameterNotFound'], call)
  return answer === undefined ? undefined : Number(answer.Parameter?.Value)
}

/** Accounts other than this one in the principals of a trust policy, as IAM returns it: JSON, URL-encoded. */
export function trustedBesides(account: string, encoded: string): string[] {
  if (encoded === '') return []
  const { Statement } = JSON.parse(decodeURIComponent(encoded)) as { Statement: unknown }
  const principals = [Statement].flat().flatMap((statement) => {
    const { Effect, Principal } = statement as { Effect?: string; Principal?: string | { AWS?: string | string[] } }
    if (Effect !== 'Allow') return []
    return typeof Principal === 'string' ? [Principal] : [Principal?.AWS ?? []].flat()
  })
  const accounts = principals.map((principal) => /\d{12}/.exec(principal)?.[0] ?? principal)
  return [...new Set(accounts)].filter((id) => id !== account)
}
