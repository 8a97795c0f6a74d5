import type { EnvironmentConfig } from '../../config/schema.ts'
import type { TrustPolicy } from '../operators/trust.ts'
import { servedPractices, sessionsAreMade } from './phase.ts'

/** Whose tokens a session role takes, and from where. */
export interface SessionTrustProps {
  readonly config: EnvironmentConfig
  /** ARN of IAM's provider for the pool; it takes tokens for one app client only, which is how the audience is tested. */
  readonly providerArn: string
  /** Id of the network's STS endpoint. */
  readonly stsEndpointId: string
  /** Tags the token must carry, and the only ones it may. */
  readonly tags: readonly ('practice' | 'person' | 'patient')[]
}

/** Words that stand where a patient's id could, in the partition keys of lambda/service/calls/keys.ts, and are as long as one. */
export const wordsLikeIds = ['requests', 'schedule'] as const

// Most characters of a trust policy unless the quota is raised (IAM User Guide, "IAM and AWS STS quotas"), less what stands for values not known yet.
const mostCharacters = 2048 - 160

/**
 * Trusts tokens of one pool, handed in through our STS endpoint, with tags that name a served practice, under the person's own name, so that every line of the audit
 * trail names the person. The condition keys of a pool's own claims would have to hold the pool's id, which no template knows; what they could test, issuer and
 * audience, the provider tests (IAM User Guide, "Use VPC condition keys to control federated access"; "Pass session tags in AWS STS").
 * @throws Error when so many practices are served that IAM would refuse the policy
 */
export function sessionTrust({ config, providerArn, stsEndpointId, tags }: SessionTrustProps): TrustPolicy {
  const from = { Principal: { Federated: providerArn } }
  if (!sessionsAreMade(config.phase))
    return {
      Version: '2012-10-17',
      Statement: [{ Sid: 'NobodyInThisPhase', Effect: 'Deny', ...from, Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'] }],
    }
  const trust: TrustPolicy = { Version: '2012-10-17', Statement: [exchange(config, stsEndpointId, from, tags), tagging(from, tags)] }
  if (JSON.stringify(trust).length > mostCharacters)
    throw new Error(`${servedPractices(config).length} practices are too many for the trust policy of a session role. Serve fewer.`)
  return trust
}

function exchange(config: EnvironmentConfig, stsEndpointId: string, from: object, tags: SessionTrustProps['tags']): object {
  const ofPatients = tags.includes('patient')
  return {
    Sid: 'SignedInPeopleOpenTheirSession',
    Effect: 'Allow',
    ...from,
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        'aws:SourceVpce': stsEndpointId,
        'aws:RequestTag/practice': servedPractices(config),
        'sts:RoleSessionName': '${aws:RequestTag/person}',
      },
      // Ids have 8 characters at least, a person's 32.
      StringLike: { 'aws:RequestTag/person': '?'.repeat(32), ...(ofPatients && { 'aws:RequestTag/patient': '????????*' }) },
      ...(ofPatients && { StringNotEquals: { 'aws:RequestTag/patient': wordsLikeIds } }),
      ...onlyTags(tags),
    },
  }
}

const tagging = (from: object, tags: SessionTrustProps['tags']): object => ({
  Sid: 'TheirTokenSaysTheTags',
  Effect: 'Allow',
  ...from,
  Action: 'sts:TagSession',
  Condition: onlyTags(tags),
})

// `ForAllValues` holds for no value at all, hence the Null tests beside it (IAM User Guide, "Single-valued vs. multivalued context keys").
const onlyTags = (tags: SessionTrustProps['tags']) => ({
  'ForAllValues:StringEquals': { 'aws:TagKeys': tags },
  Null: { 'aws:TagKeys': 'false', ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag}`, 'false'])) },
})
