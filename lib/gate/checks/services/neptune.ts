import type { ResourceControl } from '../control.ts'
import { atLeast, holdsAll, isOff, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { databaseRows } from './database-rows.ts'
import { isSwitchedOn, judgeParameter } from './engine-parameters.ts'
import { inheriting } from './inheritance.ts'
import { keptOnDeletion } from './kept-on-deletion.ts'
import { judgeMembers } from './rds-cluster-zones.ts'
import { audit, authentication, availability, customerKey, exampleKey, inTransit, monitoring, notPublic, patched } from './safeguards.ts'

const type = 'AWS::Neptune::DBCluster'
const base = { StorageEncrypted: true } as const
const shared = databaseRows({ id: 'neptune-cluster', noun: 'Neptune clusters', type, properties: base })
const instance = { DBInstanceClass: 'db.r6g.large', DBClusterIdentifier: 'clinic' } as const
const graph = { ProvisionedMemory: 32 } as const

const storage = inheriting(
  ['SnapshotIdentifier', 'SourceDBClusterIdentifier'],
  propertyControls([shared.storageEncrypted, shared.customerKey]),
)

const rows = propertyControls([
  {
    ...authentication,
    id: 'neptune-cluster-iam-authentication',
    title: 'Neptune clusters let nobody in without IAM',
    why: 'Neptune has no users of its own: without IAM whoever reaches the port reads and changes the whole graph.',
    remedy: 'Set IamAuthEnabled to true.',
    type,
    path: 'IamAuthEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...base, IamAuthEnabled: true },
    failing: base,
  },
  shared.backupSevenDays,
  shared.deletionProtection,
  {
    ...audit,
    id: 'neptune-cluster-audit-export',
    title: 'Neptune clusters send their audit log to CloudWatch Logs',
    why: 'Who asked the graph what leaves no record outside the cluster.',
    remedy: 'Add audit to EnableCloudwatchLogsExports.',
    type,
    path: 'EnableCloudwatchLogsExports',
    expect: holdsAll('audit'),
    absent: 'fails',
    passing: { ...base, EnableCloudwatchLogsExports: ['audit'] },
    failing: base,
  },
  shared.tagsOnSnapshots,
  shared.subnetGroup,
  {
    ...notPublic,
    id: 'neptune-instance-public',
    title: 'Neptune instances have no public address',
    why: 'A public address puts the graph on the internet, behind nothing but a security group.',
    remedy: 'Set PubliclyAccessible to false, or leave it out.',
    type: 'AWS::Neptune::DBInstance',
    path: 'PubliclyAccessible',
    expect: isOff,
    absent: 'passes',
    passing: instance,
    failing: { ...instance, PubliclyAccessible: true },
  },
  {
    ...patched,
    id: 'neptune-instance-minor-upgrades',
    title: 'Neptune instances take minor versions of their engine automatically',
    why: 'Minor versions carry the security fixes of the engine; without them a published hole stays open until somebody remembers.',
    remedy: 'Set AutoMinorVersionUpgrade to true.',
    type: 'AWS::Neptune::DBInstance',
    path: 'AutoMinorVersionUpgrade',
    expect: isOn,
    absent: 'fails',
    passing: { ...instance, AutoMinorVersionUpgrade: true },
    failing: instance,
  },
  {
    ...notPublic,
    severity: 'high',
    id: 'neptune-graph-public',
    title: 'Graphs of Neptune Analytics cannot be reached from the internet',
    why: 'IAM still asks who comes, but a stolen key then works from anywhere.',
    remedy: 'Set PublicConnectivity to false, or leave it out.',
    type: 'AWS::NeptuneGraph::Graph',
    path: 'PublicConnectivity',
    expect: isOff,
    absent: 'passes',
    passing: graph,
    failing: { ...graph, PublicConnectivity: true },
  },
  {
    ...availability,
    id: 'neptune-graph-deletion-protection',
    title: 'Graphs of Neptune Analytics are protected from deletion',
    why: 'One call, or one mistaken change of a template, deletes the graph.',
    remedy: 'Set DeletionProtection to true.',
    type: 'AWS::NeptuneGraph::Graph',
    path: 'DeletionProtection',
    expect: isOn,
    absent: 'fails',
    sensitiveOnly: true,
    passing: { ...graph, DeletionProtection: true },
    failing: graph,
  },
  {
    ...availability,
    severity: 'low',
    id: 'neptune-graph-replica',
    title: 'Graphs of Neptune Analytics have a replica in another zone',
    why: 'Without a replica the failure of one zone takes the graph down until it is loaded again.',
    remedy: 'Set ReplicaCount to 1 or more, or leave it out.',
    type: 'AWS::NeptuneGraph::Graph',
    path: 'ReplicaCount',
    expect: atLeast(1),
    absent: 'passes',
    passing: graph,
    failing: { ...graph, ReplicaCount: 0 },
  },
  {
    ...customerKey,
    id: 'neptune-graph-customer-key',
    title: "Graphs of Neptune Analytics are encrypted with a customer's key",
    why: "With AWS's own key nobody can see in CloudTrail who decrypts the graph, or lock it by disabling its key.",
    remedy: 'Set KmsKeyIdentifier to a KMS key of your own.',
    type: 'AWS::NeptuneGraph::Graph',
    path: 'KmsKeyIdentifier',
    passing: { ...graph, KmsKeyIdentifier: exampleKey },
    failing: graph,
  },
])

const group = (Parameters: Readonly<Record<string, string>>) => ({
  Parameters: {
    Type: 'AWS::Neptune::DBClusterParameterGroup',
    Properties: { Family: 'neptune1.3', Description: 'Parameters of the clinic', Parameters },
  },
})

const member = {
  Type: 'AWS::Neptune::DBInstance',
  Properties: { DBInstanceClass: 'db.r6g.large', DBClusterIdentifier: { Ref: 'Cluster' } },
} as const

const logic: readonly ResourceControl[] = [
  {
    ...audit,
    id: 'neptune-parameter-group-audit',
    title: 'Parameter groups of Neptune switch auditing on',
    why: 'A cluster exports an audit log only if its parameter group lets the engine write one; by default it does not.',
    remedy: 'Set the parameter neptune_enable_audit_log to 1.',
    types: ['AWS::Neptune::DBClusterParameterGroup'],
    judge: (parameters) => judgeParameter(parameters, { name: 'neptune_enable_audit_log', isSafe: isSwitchedOn, safeByDefault: false }),
    passing: group({ neptune_enable_audit_log: '1' }),
    failing: group({ neptune_enable_audit_log: '0' }),
  },
  {
    ...inTransit,
    id: 'neptune-parameter-group-tls',
    title: 'Parameter groups of Neptune do not switch TLS off',
    why: 'Old engines accept connections in the clear when the parameter is 0: queries and their answers can be read on the network.',
    remedy: 'Set the parameter neptune_enforce_ssl to 1, or leave it out.',
    types: ['AWS::Neptune::DBClusterParameterGroup'],
    judge: (parameters) => judgeParameter(parameters, { name: 'neptune_enforce_ssl', isSafe: isSwitchedOn, safeByDefault: true }),
    passing: group({ neptune_enforce_ssl: '1' }),
    failing: group({ neptune_enforce_ssl: '0' }),
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'neptune-parameter-group-slow-queries',
    title: 'Parameter groups of Neptune log slow queries',
    why: 'Queries that read out the whole graph are slow ones; without the log they pass unseen.',
    remedy: 'Set the parameter neptune_enable_slow_query_log to info or debug.',
    types: ['AWS::Neptune::DBClusterParameterGroup'],
    judge: (parameters) =>
      judgeParameter(parameters, {
        name: 'neptune_enable_slow_query_log',
        isSafe: (text) => /^(info|debug)$/i.test(text),
        safeByDefault: false,
      }),
    passing: group({ neptune_enable_slow_query_log: 'info' }),
    failing: group({ neptune_enable_slow_query_log: 'disable' }),
  },
  {
    ...availability,
    id: 'neptune-cluster-several-zones',
    title: 'Neptune clusters have instances in several zones',
    why: 'A cluster with one instance is down for as long as AWS takes to build another when that instance or its zone fails.',
    remedy: 'Add a second AWS::Neptune::DBInstance that names the cluster in DBClusterIdentifier, and pin no two to one zone.',
    types: [type],
    judge: (cluster, deployment) => judgeMembers(cluster, deployment, 'AWS::Neptune::DBInstance'),
    passing: { Cluster: { Type: type, Properties: base }, One: member, Two: member },
    failing: { Cluster: { Type: type, Properties: base }, One: member },
  },
]

/** Controls on Neptune, and on Neptune Analytics. */
export const neptuneControls: readonly ResourceControl[] = [
  ...storage,
  ...rows,
  ...logic,
  ...keptOnDeletion({ id: 'neptune-cluster', noun: 'Neptune clusters', type, default: 'Delete', properties: base }),
]
