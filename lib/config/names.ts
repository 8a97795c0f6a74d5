import type { EnvironmentConfig } from './schema.ts'

/** What an account is for. In a trial all three duties may fall to one account. */
export const duties = ['workload', 'audit', 'recovery'] as const
/** One duty of an account. */
export type Duty = (typeof duties)[number]

/**
 * The two ways stacks are deployed, each with its own CDK bootstrap qualifier and so its own CloudFormation role:
 * `foundation` by people, for what guards the rest (network, keys, identities, audit); `workload` by the pipeline.
 */
export const deploymentPaths = { foundation: 'shfound', workload: 'shwork' } as const
/** One deployment path. */
export type DeploymentPath = keyof typeof deploymentPaths

type Named = Pick<EnvironmentConfig, 'name'>
type Placed = Named & Pick<EnvironmentConfig, 'accounts' | 'regions'>

/** Start of every name: `safe-harbor-sandbox`. */
export const prefix = (config: Named): string => `safe-harbor-${config.name}`

/** Name of a stack, role, policy, table, topic, rule or alarm: `safe-harbor-sandbox-records`. */
export const nameOf = (config: Named, what: string): string => `${prefix(config)}-${what}`

/** Name of a log group: `/safe-harbor/sandbox/trail`. */
export const logGroupName = (config: Named, what: string): string => `/safe-harbor/${config.name}/${what}`

/** Namespace of the metrics that an environment makes of its logs: `SafeHarbor/sandbox`. */
export const metricNamespace = ({ name }: Named): string => `SafeHarbor/${name}`

/** Alias of a customer managed key: `alias/safe-harbor-sandbox-vault`. */
export const keyAlias = (config: Named, key: string): string => `alias/${nameOf(config, key)}`

/** Globally unique bucket name, at most 63 characters: `safe-harbor-sandbox-archive-111122223333-us-east-1`. */
export const bucketName = (config: Placed, what: string, duty: Duty): string =>
  `${nameOf(config, what)}-${config.accounts[duty]}-${config.regions.primary}`

/** ARN of a role of ours, by computed name, so that accounts share no reference. */
export const roleArn = (config: Placed, duty: Duty, role: string): string =>
  `arn:aws:iam::${config.accounts[duty]}:role/${nameOf(config, role)}`

/** ARN of a customer managed policy of ours, by computed name. */
export const policyArn = (config: Placed, duty: Duty, policy: string): string =>
  `arn:aws:iam::${config.accounts[duty]}:policy/${nameOf(config, policy)}`

/** ARN of a table of ours in the workload account and primary Region. */
export const tableArn = (config: Placed, table: string): string =>
  `arn:aws:dynamodb:${config.regions.primary}:${config.accounts.workload}:table/${nameOf(config, table)}`

/** ARN of the number or pool that notifications are sent from (Service Authorization Reference, "AWS End User Messaging SMS and Voice V2"). */
export function originationIdentityArn({
  accounts,
  regions,
  telephone: { originationIdentity },
}: Placed & Pick<EnvironmentConfig, 'telephone'>): string {
  const kind = originationIdentity.startsWith('pool-') ? 'pool' : 'phone-number'
  return `arn:aws:sms-voice:${regions.primary}:${accounts.workload}:${kind}/${originationIdentity}`
}

/** ARN of the role CloudFormation assumes for stacks of a deployment path (CDK Developer Guide, "Bootstrapping"). */
export const cloudFormationRoleArn = (account: string, region: string, path: DeploymentPath): string =>
  `arn:aws:iam::${account}:role/cdk-${deploymentPaths[path]}-cfn-exec-role-${account}-${region}`
