import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam'
import { z } from 'zod'
import { duties, nameOf } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import { boundariesOf, revocationSid } from '../environment/operators/session-revocation.ts'

/** IAM keeps at most five versions of a managed policy (IAM User Guide, "IAM and AWS STS quotas"). */
const mostVersions = 5

/** One version of a customer managed policy. */
export interface PolicyVersion {
  /** `v3`. */
  readonly id: string
  readonly isDefault: boolean
  readonly created: Date
}

/** What stands in IAM of one boundary. */
export interface BoundaryState {
  readonly versions: readonly PolicyVersion[]
  /** Document of the default version, parsed from JSON. */
  readonly document: unknown
}

/** The three things the revocation needs of IAM. */
export interface PolicyVersions {
  readonly read: (policyArn: string) => Promise<BoundaryState>
  readonly remove: (policyArn: string, versionId: string) => Promise<void>
  /** Makes a new version the default. */
  readonly create: (policyArn: string, document: string) => Promise<void>
}

/** What to do with one boundary. */
export interface RevocationPlan {
  /** The oldest version that is not in use, when there is no room for another. */
  readonly remove: string | undefined
  /** The new document, as JSON. */
  readonly document: string
  /** Sessions issued before this moment are denied everything, ISO 8601 in UTC. */
  readonly since: string
}

/** A boundary that is not as Safe Harbor made it; nothing has been changed in it. */
export class RevocationError extends Error {
  override readonly name = 'RevocationError'
}

const statement = z.looseObject({ Sid: z.string().optional() })
const boundary = z.looseObject({ Statement: z.array(statement) })
const revocation = z.looseObject({
  Condition: z.strictObject({ DateLessThan: z.strictObject({ 'aws:TokenIssueTime': z.iso.datetime() }) }),
})

/**
 * Plans how one boundary comes to deny every session issued before `now`. A date already later is kept: revoking never lets a session back in.
 * @throws RevocationError when the boundary does not hold the one statement that the revocation moves
 */
export function planRevocation({ versions, document }: BoundaryState, now: Date): RevocationPlan {
  const parsed = boundary.safeParse(document)
  const found = parsed.success ? parsed.data.Statement.filter(({ Sid }) => Sid === revocationSid) : []
  const current = revocation.safeParse(found[0])
  if (!parsed.success || found.length !== 1 || !current.success)
    throw new RevocationError(
      `The boundary does not hold one statement ${revocationSid} as it was deployed. Deploy the operators stack again, then revoke.`,
    )
  const since = later(current.data.Condition.DateLessThan['aws:TokenIssueTime'], now)
  const moved = { ...current.data, Condition: { DateLessThan: { 'aws:TokenIssueTime': since } } }
  const Statement = parsed.data.Statement.map((one) => (one.Sid === revocationSid ? moved : one))
  return { remove: versionToRemove(versions), document: JSON.stringify({ ...parsed.data, Statement }), since }
}

/** Sessions are issued to the second: rounding up catches those issued in this very second. */
const later = (current: string, now: Date): string => {
  const second = new Date(Math.ceil(now.getTime() / 1000) * 1000)
  return new Date(Math.max(second.getTime(), Date.parse(current))).toISOString().replace('.000Z', 'Z')
}

const versionToRemove = (versions: readonly PolicyVersion[]): string | undefined =>
  versions.length < mostVersions
    ? undefined
    : versions.filter(({ isDefault }) => !isDefault).sort((one, other) => one.created.getTime() - other.created.getTime())[0]?.id

/** ARNs of the boundaries of one account of the environment, the one that ends the caller's own session last; none for an account that is not ours. */
export function boundaryArns(config: EnvironmentConfig, account: string): readonly string[] {
  const held = duties.filter((duty) => config.accounts[duty] === account)
  if (held.length === 0) return []
  return boundariesOf(held).map((name) => `arn:aws:iam::${account}:policy/${nameOf(config, name)}`)
}

/** One boundary that was moved. */
export interface Revoked {
  readonly policyArn: string
  /** Sessions issued before this moment are denied everything, ISO 8601 in UTC. */
  readonly since: string
}

/**
 * Revokes every session of one account issued before `now`: of people, of the pipeline, and of the functions and services it deployed. All boundaries are
 * read and planned before the first is moved; running it again after an error is safe. Functions get new sessions when they next start.
 *
 * @param account id of the account whose credentials the port uses
 * @throws RevocationError when the account is not of this environment or a boundary is not as deployed
 */
export async function revokeSessions(
  config: EnvironmentConfig,
  account: string,
  now: Date,
  iam: PolicyVersions,
): Promise<readonly Revoked[]> {
  const arns = boundaryArns(config, account)
  if (arns.length === 0) {
    const known = [...new Set(Object.values(config.accounts))].join(', ')
    throw new RevocationError(`Account ${account} is not of environment ${config.name}. Use credentials of ${known}.`)
  }
  const plans = await Promise.all(arns.map(async (policyArn) => ({ policyArn, ...planRevocation(await iam.read(policyArn), now) })))
  for (const { policyArn, remove, document } of plans) {
    if (remove !== undefined) await iam.remove(policyArn, remove)
    await iam.create(policyArn, document)
  }
  return plans.map(({ policyArn, since }) => ({ policyArn, since }))
}

/** The port on the real IAM. */
export const policyVersionsIn = (client: IAMClient): PolicyVersions => ({
  read: async (PolicyArn) => {
    const { Versions = [] } = await client.send(new ListPolicyVersionsCommand({ PolicyArn }))
    const versions = Versions.map(({ VersionId = '', IsDefaultVersion = false, CreateDate = new Date(0) }) => ({
      id: VersionId,
      isDefault: IsDefaultVersion,
      created: CreateDate,
    }))
    const VersionId = versions.find(({ isDefault }) => isDefault)?.id
    const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))
    // IAM returns documents percent-encoded (IAM API Reference, GetPolicyVersion).
    return { versions, document: JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')) as unknown }
  },
  remove: async (PolicyArn, VersionId) => {
    await client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }))
  },
  create: async (PolicyArn, PolicyDocument) => {
    await client.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }))
  },
})

/** What to type, in the account that each block names, where no credentials are at hand: the same revocation with the AWS CLI and jq. */
export function revocationCommands(config: EnvironmentConfig, now: Date): readonly string[] {
  const since = later(new Date(0).toISOString(), now)
  const accounts = [...new Set(Object.values(config.accounts))]
  return accounts.flatMap((account) => [
    `# as ${nameOf(config, 'responder')} of account ${account}`,
    ...boundaryArns(config, account).flatMap((arn) => commandsFor(arn, since)),
  ])
}

const commandsFor = (arn: string, since: string): readonly string[] => [
  `test "$(aws iam list-policy-versions --policy-arn ${arn} --query 'length(Versions)')" -lt ${mostVersions} || aws iam delete-policy-version --policy-arn ${arn} --version-id "$(aws iam list-policy-versions --policy-arn ${arn} --query 'sort_by(Versions[?!IsDefaultVersion], &CreateDate)[0].VersionId' --output text)"`,
  `aws iam create-policy-version --policy-arn ${arn} --set-as-default --policy-document "$(aws iam get-policy-version --policy-arn ${arn} --version-id "$(aws iam get-policy --policy-arn ${arn} --query Policy.DefaultVersionId --output text)" --query PolicyVersion.Document --output json | jq -c '(.Statement[] | select(.Sid == "${revocationSid}")).Condition.DateLessThan["aws:TokenIssueTime"] = "${since}"')"`,
]
