import * as z from 'zod/mini'
import { identifierPattern } from '../../shared/identifiers.ts'

/** Who read. */
export type Reader = { readonly kind: 'person'; readonly person: string } | { readonly kind: 'break-glass' } | { readonly kind: 'other' }

/** A read of patient data, as the trail knows it. */
export interface TrailRead {
  readonly eventId: string
  /** Milliseconds since 1970; the trail knows whole seconds only. */
  readonly time: number
  readonly reader: Reader
  readonly of: 'records' | 'vault-key'
  /** Whose data. Empty when the event does not say: see `patientsIn`. */
  readonly patients: readonly Patient[]
}

/** A patient of a practice. */
export interface Patient {
  readonly practice: string
  readonly patient: string
}

/** Names that a read is recognized by. */
export interface TrailNames {
  readonly recordsTable: string
  readonly sessionRoles: readonly string[]
  readonly breakGlassRole: string
}

/** Operations of DynamoDB that return items (Amazon DynamoDB Developer Guide, "Logging DynamoDB operations by using AWS CloudTrail", data plane events). */
export const itemReads = [
  ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'],
  ...['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'],
] as const
/** Operations of KMS that open what a key wrapped. ReEncrypt can change the context, and so counts as opening. */
export const keyReads = ['Decrypt', 'ReEncrypt'] as const

const trailEvent = z.object({
  eventID: z.string(),
  eventTime: z.iso.datetime(),
  eventSource: z.string(),
  eventName: z.string(),
  eventCategory: z.optional(z.string()),
  errorCode: z.optional(z.string()),
  userIdentity: z.object({
    type: z.optional(z.string()),
    arn: z.optional(z.string()),
    sessionContext: z.optional(z.object({ sessionIssuer: z.optional(z.object({ userName: z.optional(z.string()) })) })),
  }),
  requestParameters: z.unknown(),
  resources: z.nullish(z.array(z.object({ ARN: z.optional(z.string()) }))),
})
type TrailEvent = z.infer<typeof trailEvent>

/**
 * What an event of the trail read; undefined when it read no patient data: another table, another key, a call that was refused, or the same call seen a second time at
 * the VPC endpoint (AWS CloudTrail User Guide, "Logging network activity events").
 *
 * @throws $ZodError or SyntaxError when it is no event
 */
export function trailRead(text: string, names: TrailNames): TrailRead | undefined {
  const event = trailEvent.parse(JSON.parse(text))
  if (event.errorCode !== undefined || event.eventCategory === 'NetworkActivity') return undefined
  const read = readOf(event, names)
  if (read === undefined) return undefined
  return { eventId: event.eventID, time: Date.parse(event.eventTime), reader: readerOf(event, names), ...read }
}

function readOf(event: TrailEvent, { recordsTable }: TrailNames): Pick<TrailRead, 'of' | 'patients'> | undefined {
  const { eventSource, eventName, requestParameters, resources } = event
  if (eventSource === 'dynamodb.amazonaws.com' && isOneOf(itemReads, eventName)) {
    // An event that names no table is taken for a read of the records: better a false alarm than none.
    const arns = (resources ?? []).flatMap(({ ARN }) => ARN ?? [])
    const ofRecords = arns.length === 0 || arns.some((arn) => arn.endsWith(`:table/${recordsTable}`))
    return ofRecords ? { of: 'records', patients: patientsIn(requestParameters) } : undefined
  }
  if (eventSource !== 'kms.amazonaws.com' || !isOneOf(keyReads, eventName)) return undefined
  const patient = contextOf(requestParameters)
  return patient && { of: 'vault-key', patients: [patient] }
}

const identifier = z.string().check(z.regex(identifierPattern))
const context = z.object({ practice: identifier, patient: identifier })
const decryption = z.union([
  z.pipe(
    z.object({ encryptionContext: context }),
    z.transform(({ encryptionContext }) => encryptionContext),
  ),
  z.pipe(
    z.object({ sourceEncryptionContext: context }),
    z.transform(({ sourceEncryptionContext }) => sourceEncryptionContext),
  ),
])

// The trail has the context in clear (AWS KMS Developer Guide, "Decrypt" among the CloudTrail log entries). What has none of ours is another key's.
const contextOf = (parameters: unknown): Patient | undefined => decryption.safeParse(parameters).data

const partitionKey = /^([a-z0-9]{8,32})#([a-z0-9]{8,32})$/

/**
 * Patients that the parameters of a read name, by partition keys wherever they stand.
 *
 * For GetItem the trail has the key. Whether it has the values of a Query's key condition is not documented ("Non key attribute values ... will not appear in logs of
 * actions using the classic API"; Amazon DynamoDB Developer Guide, "Understanding DynamoDB log file entries"): where it has not, the patient stays unknown here,
 * and the Decrypt that opens what was found names the patient.
 */
function patientsIn(parameters: unknown): readonly Patient[] {
  const found = new Map<string, Patient>()
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      const [key, practice, patient] = partitionKey.exec(value) ?? []
      if (key !== undefined && practice !== undefined && patient !== undefined) found.set(key, { practice, patient })
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit)
  }
  visit(parameters)
  return [...found.values()]
}

// The session's name is the last part of its ARN; for people's sessions it is the person.
function readerOf({ userIdentity: { type, arn, sessionContext } }: TrailEvent, { sessionRoles, breakGlassRole }: TrailNames): Reader {
  const role = type === 'AssumedRole' ? sessionContext?.sessionIssuer?.userName : undefined
  const person = arn?.split('/').at(-1)
  if (role === breakGlassRole) return { kind: 'break-glass' }
  if (role === undefined || person === undefined || !sessionRoles.includes(role)) return { kind: 'other' }
  return { kind: 'person', person }
}

const isOneOf = (names: readonly string[], name: string): boolean => names.includes(name)
