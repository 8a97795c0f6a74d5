import { listOf, plain, Reference, Unknown, type ValueMap } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { type Expectation, isGiven, isNoneOf, isOff, isOn, isOneOf, matches } from '../expectations.ts'
import { type PropertyRow, propertyControls } from '../property-control.ts'
import { isWord, noEntry, someEntry } from './entries.ts'
import { containment, exposed } from './platform-safeguards.ts'
import { audit, availability, customerKey, exampleKey, hygiene, monitoring, patched } from './safeguards.ts'

const type = 'AWS::EKS::Cluster'
const nodes = 'AWS::EKS::Nodegroup'
const cluster = (more: Readonly<Record<string, unknown>>, network: Readonly<Record<string, unknown>> = {}) => ({
  RoleArn: 'arn:aws:iam::111122223333:role/cluster',
  ResourcesVpcConfig: { SubnetIds: ['subnet-11111111', 'subnet-22222222'], ...network },
  ...more,
})
const group = (more: Readonly<Record<string, unknown>>) => ({
  ClusterName: 'records',
  NodeRole: 'arn:aws:iam::111122223333:role/nodes',
  Subnets: ['subnet-11111111'],
  ...more,
})
const logging = (...types: readonly string[]) => cluster({ Logging: { ClusterLogging: { EnabledTypes: types.map((Type) => ({ Type })) } } })

/**
 * The oldest version of Kubernetes that gets corrections on EKS, extended support included, after 26 November 2026
 * ("Understand the Kubernetes version lifecycle on EKS", Amazon EKS User Guide).
 */
export const oldestVersion = '1.32'

const isSupported: Expectation = (value) => {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(typeof value === 'number' ? asWritten(value) : String(plain(value))) ?? []
  if (major === undefined || minor === undefined) return undefined
  return Number(major) > 1 || Number(minor) >= Number(oldestVersion.slice(2))
}

// A template that writes 1.30 without quotes means the number 1.3.
const asWritten = (value: number): string => value.toFixed(2)

const isOpenRange = (value: unknown): boolean => value === '0.0.0.0/0' || value === '::/0'
const isClosed: Expectation = (value) => {
  const ranges = listOf(value)
  if (ranges.some(isOpenRange)) return false
  return ranges.length === 0 ? false : ranges.some((range) => range instanceof Unknown || range instanceof Reference) ? undefined : true
}

const logs = (word: string, text: Pick<PropertyRow, 'id' | 'title' | 'why' | 'severity'>): PropertyRow => ({
  ...audit,
  ...text,
  remedy: `Add the type ${word} to Logging.ClusterLogging.EnabledTypes.`,
  type,
  path: 'Logging.ClusterLogging.EnabledTypes',
  expect: someEntry((entry: ValueMap) => isWord(entry['Type'], word)),
  absent: 'fails',
  passing: logging(word),
  failing: logging(word === 'api' ? 'audit' : 'api'),
})

/** Controls on EKS: clusters, node groups, access. */
export const eksControls: readonly ResourceControl[] = propertyControls([
  {
    ...exposed,
    id: 'eks-cluster-endpoint-not-public',
    title: 'EKS clusters are managed from inside their network only',
    why: 'The Kubernetes API rules every container of the cluster. By default it answers to the whole internet.',
    remedy: 'Set ResourcesVpcConfig.EndpointPublicAccess to false.',
    type,
    path: 'ResourcesVpcConfig.EndpointPublicAccess',
    expect: isOff,
    absent: 'fails',
    passing: cluster({}, { EndpointPublicAccess: false, EndpointPrivateAccess: true }),
    failing: cluster({}),
  },
  {
    ...exposed,
    id: 'eks-cluster-endpoint-known-networks',
    title: 'EKS clusters with a public endpoint answer to known networks only',
    why: 'A fault in the Kubernetes API, or a stolen token, is open to the whole internet.',
    remedy: 'Set ResourcesVpcConfig.PublicAccessCidrs to your own ranges, or EndpointPublicAccess to false.',
    type,
    path: 'ResourcesVpcConfig.PublicAccessCidrs',
    expect: isClosed,
    absent: 'fails',
    when: { path: 'ResourcesVpcConfig.EndpointPublicAccess', expect: isOn, absent: 'applies' },
    passing: cluster({}, { EndpointPublicAccess: true, PublicAccessCidrs: ['198.51.100.0/24'] }),
    failing: cluster({}, { PublicAccessCidrs: ['0.0.0.0/0'] }),
  },
  {
    ...exposed,
    id: 'eks-cluster-endpoint-private',
    title: 'EKS clusters are reached by their nodes inside the network',
    severity: 'medium',
    why: 'Without a private endpoint the nodes leave the network to talk to their own cluster.',
    remedy: 'Set ResourcesVpcConfig.EndpointPrivateAccess to true.',
    type,
    path: 'ResourcesVpcConfig.EndpointPrivateAccess',
    expect: isOn,
    absent: 'fails',
    passing: cluster({}, { EndpointPrivateAccess: true }),
    failing: cluster({}),
  },
  {
    ...customerKey,
    id: 'eks-cluster-customer-key',
    title: 'EKS clusters encrypt their secrets under a key that the customer manages',
    why: 'From version 1.28 on EKS encrypts with a key of AWS. With a key of your own you see each use and can end it.',
    remedy: 'Set EncryptionConfig with the resource secrets and a KMS key of your own.',
    type,
    path: 'EncryptionConfig.*.Provider.KeyArn',
    passing: cluster({ EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: exampleKey } }] }),
    failing: cluster({}),
  },
  logs('audit', {
    id: 'eks-cluster-audit-logs',
    title: 'EKS clusters record who did what through Kubernetes',
    why: 'What is done through the Kubernetes API does not show in CloudTrail: who read a secret, who opened a shell in a container.',
    severity: 'high',
  }),
  logs('authenticator', {
    id: 'eks-cluster-authenticator-logs',
    title: 'EKS clusters record which IAM identity came in as which user',
    why: 'The audit log names users of Kubernetes; only this one tells which role of IAM stood behind them.',
    severity: 'medium',
  }),
  logs('api', {
    id: 'eks-cluster-api-logs',
    title: 'EKS clusters record requests to their API server',
    why: 'Failed and odd requests to the cluster show here first.',
    severity: 'medium',
  }),
  logs('controllerManager', {
    id: 'eks-cluster-controller-manager-logs',
    title: 'EKS clusters record what their controllers do',
    why: 'Controllers make and remove containers on their own; without the log nothing tells why.',
    severity: 'low',
  }),
  logs('scheduler', {
    id: 'eks-cluster-scheduler-logs',
    title: 'EKS clusters record where their scheduler puts containers',
    why: 'After an incident it tells which containers shared a node, and when.',
    severity: 'low',
  }),
  {
    ...patched,
    id: 'eks-cluster-version',
    title: 'EKS clusters run a version of Kubernetes that gets corrections',
    severity: 'high',
    why: 'After the end of its support a version gets no corrections, and AWS moves the cluster to the next one by force.',
    remedy: `Set Version to ${oldestVersion} or later.`,
    type,
    path: 'Version',
    expect: isSupported,
    absent: 'passes',
    passing: cluster({ Version: '1.34' }),
    failing: cluster({ Version: '1.24' }),
  },
  {
    ...containment,
    id: 'eks-cluster-access-entries',
    title: 'EKS clusters decide by access entries who comes in',
    topic: 'authn-authz',
    severity: 'low',
    why: 'The older ConfigMap is edited inside the cluster, where neither IAM nor CloudTrail sees it.',
    remedy: 'Set AccessConfig.AuthenticationMode to API.',
    type,
    path: 'AccessConfig.AuthenticationMode',
    expect: isOneOf('API', 'API_AND_CONFIG_MAP'),
    absent: 'fails',
    passing: cluster({ AccessConfig: { AuthenticationMode: 'API' } }),
    failing: cluster({}),
  },
  {
    ...containment,
    id: 'eks-cluster-creator-not-administrator',
    title: 'EKS clusters do not make their creator an administrator for ever',
    severity: 'low',
    why: 'By default the identity that made the cluster rules it, and no list shows that.',
    remedy: 'Set AccessConfig.BootstrapClusterCreatorAdminPermissions to false.',
    type,
    path: 'AccessConfig.BootstrapClusterCreatorAdminPermissions',
    expect: isOff,
    absent: 'fails',
    passing: cluster({ AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false } }),
    failing: cluster({}),
  },
  {
    ...availability,
    id: 'eks-cluster-deletion-protection',
    title: 'EKS clusters are protected against deletion',
    severity: 'low',
    why: 'Deleting the cluster takes everything that runs in it.',
    remedy: 'Set DeletionProtection to true.',
    type,
    path: 'DeletionProtection',
    expect: isOn,
    absent: 'fails',
    passing: cluster({ DeletionProtection: true }),
    failing: cluster({}),
  },
  {
    ...exposed,
    id: 'eks-nodegroup-ssh-sources',
    title: 'EKS nodes take SSH from named security groups only',
    severity: 'critical',
    why: 'With a key and no source group, EKS opens port 22 of the nodes to the whole internet.',
    remedy: 'Set RemoteAccess.SourceSecurityGroups, or leave RemoteAccess out.',
    type: nodes,
    path: 'RemoteAccess.SourceSecurityGroups',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'RemoteAccess.Ec2SshKey', expect: isGiven },
    passing: group({ RemoteAccess: { Ec2SshKey: 'key', SourceSecurityGroups: ['sg-11111111'] } }),
    failing: group({ RemoteAccess: { Ec2SshKey: 'key' } }),
  },
  {
    ...hygiene,
    id: 'eks-nodegroup-no-ssh-key',
    title: 'EKS nodes have no SSH key',
    why: 'One key opens every node, and it is not written down who used it. Session Manager does the same with IAM and a record.',
    remedy: 'Leave RemoteAccess out.',
    type: nodes,
    path: 'RemoteAccess.Ec2SshKey',
    expect: (value, deployment) => isGiven(value, deployment) === false,
    absent: 'passes',
    passing: group({}),
    failing: group({ RemoteAccess: { Ec2SshKey: 'key', SourceSecurityGroups: ['sg-11111111'] } }),
  },
  {
    ...patched,
    id: 'eks-nodegroup-image-supported',
    title: 'EKS nodes start from an image that gets corrections',
    why: 'EKS makes no images of Amazon Linux 2 any more since November 2025: new nodes start with old faults.',
    remedy: 'Set AmiType to an image of Amazon Linux 2023 or Bottlerocket.',
    type: nodes,
    path: 'AmiType',
    expect: isNoneOf('AL2_x86_64', 'AL2_x86_64_GPU', 'AL2_ARM_64'),
    absent: 'passes',
    passing: group({ AmiType: 'AL2023_x86_64_STANDARD' }),
    failing: group({ AmiType: 'AL2_x86_64' }),
  },
  {
    ...containment,
    id: 'eks-access-entry-not-administrator',
    title: 'EKS access entries make nobody administrator of the whole cluster',
    why: 'An administrator of the cluster reads every secret and every container in it.',
    remedy: 'Give AccessPolicies a narrower policy, or a scope of namespaces.',
    type: 'AWS::EKS::AccessEntry',
    path: 'AccessPolicies.*.PolicyArn',
    expect: matches(/^(?!.*AmazonEKSClusterAdminPolicy$).+$/),
    absent: 'passes',
    passing: entry('AmazonEKSViewPolicy'),
    failing: entry('AmazonEKSClusterAdminPolicy'),
  },
  {
    ...monitoring,
    id: 'eks-access-entry-no-masters',
    title: 'EKS access entries use no group that passes by every check',
    topic: 'iam-privilege',
    why: 'Members of system:masters are asked nothing: no rule of Kubernetes applies to them.',
    remedy: 'Take system:masters out of KubernetesGroups.',
    type: 'AWS::EKS::AccessEntry',
    path: 'KubernetesGroups.*',
    expect: isNoneOf('system:masters'),
    absent: 'passes',
    passing: { ...entry('AmazonEKSViewPolicy'), KubernetesGroups: ['viewers'] },
    failing: { ...entry('AmazonEKSViewPolicy'), KubernetesGroups: ['system:masters'] },
  },
  {
    ...exposed,
    id: 'eks-fargate-profile-namespaces',
    title: 'EKS Fargate profiles take containers of named namespaces',
    topic: 'other',
    severity: 'low',
    why: 'A profile for every namespace runs whatever somebody starts anywhere, with its role.',
    remedy: 'Name the namespaces in Selectors.',
    type: 'AWS::EKS::FargateProfile',
    path: 'Selectors',
    expect: noEntry((selector) => isWord(selector['Namespace'], '*')),
    absent: 'does not apply',
    passing: profile('records'),
    failing: profile('*'),
  },
])

function entry(policy: string) {
  const AccessPolicies = [{ PolicyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`, AccessScope: { Type: 'cluster' } }]
  return { ClusterName: 'records', PrincipalArn: 'arn:aws:iam::111122223333:role/operator', AccessPolicies }
}

function profile(Namespace: string) {
  return { ClusterName: 'records', PodExecutionRoleArn: 'arn:aws:iam::111122223333:role/pods', Selectors: [{ Namespace }] }
}
