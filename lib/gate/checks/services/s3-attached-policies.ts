import { type Statement, type Statements, statementsOf } from '../../access/statement.ts'
import type { Deployment, Referring } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { Unknown, type Value } from '../../template/value.ts'
import { indexByValue } from '../../template/value-index.ts'

const policyType = 'AWS::S3::BucketPolicy'

const attached = new WeakMap<Resource, Referring>()

/**
 * Bucket policies of a bucket.
 *
 * A policy that names its bucket by a parameter can only mean a bucket that takes its name from the same parameter, or from a text
 * that is computed: a bucket without a name gets one that no parameter can know.
 */
export const attachedTo = (bucket: Resource, deployment: Deployment): Referring =>
  deployment.cases.kept(attached, bucket, () => findAttached(bucket, deployment))

function findAttached(bucket: Resource, deployment: Deployment): Referring {
  const { certain } = deployment.referring(bucket, policyType, 'Bucket')
  const name = bucket.get('BucketName')
  const mayBeIts = byBucket(deployment, policyType, unknownBucket, ...(typeof name === 'string' ? [keyOfText(name)] : []))
  const others = deployment.ofType(policyType).filter((policy) => mayBeIts(policy) && !certain.includes(policy))
  const same = others.filter((policy) => isSame(policy.get('Bucket'), name))
  const possible = others.filter((policy) => !same.includes(policy) && maybeSame(policy.get('Bucket'), name))
  return { certain: [...certain, ...same], possible: [...possible, ...deployment.unseenGiven(bucket)] }
}

const unknownBucket = 'unknown'
const keyOfText = (name: string): string => `name ${name}`

const byBucket = indexByValue('Bucket', (value) =>
  value instanceof Unknown ? unknownBucket : typeof value === 'string' ? keyOfText(value) : undefined,
)

function isSame(value: Value | undefined, name: Value | undefined): boolean {
  if (value instanceof Unknown && name instanceof Unknown) return value.parameter !== undefined && value.parameter === name.parameter
  return typeof value === 'string' && value === name
}

function maybeSame(value: Value | undefined, name: Value | undefined): boolean {
  if (!(value instanceof Unknown)) return false
  return value.parameter === undefined || name instanceof Unknown
}

/** Statements of all policies that certainly are those of a bucket, and why parts of them cannot be read. */
export function statementsAttached(bucket: Resource, deployment: Deployment): Statements {
  const read: readonly Statements[] = attachedTo(bucket, deployment).certain.map((policy) => statementsOf(policy.get('PolicyDocument')))
  const statements: readonly Statement[] = read.flatMap((one) => one.statements)
  return { statements, unknown: read.flatMap(({ unknown }) => unknown) }
}

/** Reasons why statements could not be found at all; parts of statements that were found are judged where they matter. */
export const unreadOf = ({ unknown }: Statements): readonly string[] =>
  unknown.filter((reason) => !/^the \w+ of Statement\.\d+$/.test(reason))
