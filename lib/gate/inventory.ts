import type { Assembly, AssemblyStack, PluginReport } from './assembly/assembly.ts'
import { citationsIn } from './checks/assembly/check.ts'
import { daysUntil } from './days.ts'
import type { WrittenResource } from './template/template.ts'
import type { Accepted, KeySummary, StackSummary, StoreSummary } from './verdict.ts'

/** The stacks, as the report lists them. */
export const stacksOf = ({ stacks, facts }: Assembly): StackSummary[] =>
  stacks.map(({ name, account, region, description, resources }) => ({
    name,
    account,
    region,
    description: description.replace(/^Safe Harbor [^:]+: /, ''),
    resources: resources.length,
    evaluations: facts?.hipaaPack.stacks[name]?.evaluations ?? 0,
  }))

/** The customer managed keys and replicas, as the report lists them. */
export const keysOf = ({ stacks }: Assembly): KeySummary[] =>
  stacks.flatMap((stack) =>
    stack.resources.filter(({ type }) => type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey').map((key) => keyOf(stack, key)),
  )

/** The stores that the facts classify, as the report lists them. */
export const storesOf = ({ stacks, facts }: Assembly): StoreSummary[] =>
  (facts?.stores ?? []).flatMap(({ stack: name, logicalId, type, dataClass }) => {
    const resource = stacks.find((stack) => stack.name === name)?.resources.find((candidate) => candidate.logicalId === logicalId)
    if (resource === undefined) return []
    return [{ stack: name, name: storeName(resource), type, dataClass, encryption: encryptionOf(resource) }]
  })

/** The acceptances, as the report lists them. */
export const acceptedOf = ({ facts, reports }: Assembly, today: Date): Accepted[] =>
  (facts?.accepted ?? []).map(({ rule, kind, matched, owner, reason, compensatingControl, expires }) => ({
    rule,
    citations: citationsOf(rule, reports ?? []),
    kind,
    matches: matched.length,
    owner,
    reason,
    compensatingControl,
    expires,
    daysLeft: daysUntil(expires, today),
  }))

function citationsOf(rule: string, reports: readonly PluginReport[]): string[] {
  const suppressed = reports.flatMap((report) => report.suppressed).find((violation) => violation.rule === rule)
  return suppressed === undefined ? [] : citationsIn(suppressed.description)
}

function keyOf(stack: AssemblyStack, { logicalId, type, properties }: WrittenResource): KeySummary {
  const alias = stack.resources.find(
    (candidate) =>
      candidate.type === 'AWS::KMS::Alias' && JSON.stringify(candidate.properties.TargetKeyId ?? '').includes(`"${logicalId}"`),
  )
  return {
    stack: stack.name,
    alias: String(alias?.properties.AliasName ?? logicalId),
    description: String(properties.Description ?? ''),
    // A replica's rotation is that of its primary (AWS KMS Developer Guide, "Multi-Region keys").
    rotated: type === 'AWS::KMS::ReplicaKey' || properties.EnableKeyRotation === true,
    deletionWindowDays: properties.PendingWindowInDays as number | undefined,
    multiRegion: type === 'AWS::KMS::ReplicaKey' || properties.MultiRegion === true,
  }
}

const nameProperties = ['BucketName', 'TableName', 'LogGroupName', 'QueueName', 'TopicName', 'BackupVaultName', 'Name']

const storeName = ({ logicalId, properties }: WrittenResource): string =>
  nameProperties.map((name) => properties[name]).find((value) => typeof value === 'string') ?? logicalId

// The property that names the key, by type; a store without it is under keys of AWS.
const keyProperties: Readonly<Record<string, RegExp>> = {
  'AWS::Backup::BackupVault': /"EncryptionKeyArn":/,
  'AWS::Backup::LogicallyAirGappedBackupVault': /"EncryptionKeyArn":/,
  'AWS::DynamoDB::Table': /"KMSMasterKeyId":/,
  'AWS::Logs::LogGroup': /"KmsKeyId":/,
  'AWS::S3::Bucket': /"KMSMasterKeyID":/,
  'AWS::SNS::Topic': /"KmsMasterKeyId":/,
  'AWS::SQS::Queue': /"KmsMasterKeyId":/,
}

const encryptionOf = ({ type, properties }: WrittenResource): string =>
  keyProperties[type]?.test(JSON.stringify(properties)) === true ? 'customer managed key' : 'key of AWS'
