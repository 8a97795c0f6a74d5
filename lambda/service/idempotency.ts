import { createHash, createHmac } from 'node:crypto'
import type { ServiceRequest, ServiceResponse } from '../shared/http/exchange.ts'
import { ServiceError } from '../shared/http/service-error.ts'
import type { Item, ItemKey, Items, Write } from '../shared/items/items.ts'
import { keys } from './calls/keys.ts'

/** How long an answer is kept for repetitions of its request, in seconds: a day at least. */
const keptSeconds = 86_400
/** How often a request is tried while others change the same things. */
const attempts = 5

/** Whose request it is, and when. */
export interface Once {
  readonly practice: string
  /** Opaque id of who asks: a person, or a machine's client. Keys of one never meet keys of another. */
  readonly person: string
  /** A request that was found to carry a well-formed Idempotency-Key. */
  readonly request: ServiceRequest
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What a request does: its answer, which holds ids only and never patient data, and the writes it stands for. */
export interface Act {
  readonly response: ServiceResponse
  readonly writes: readonly Write[]
}

/**
 * Does what a request asks for once, however often the request arrives, at once or later. The answer is written together with the effect, all or
 * nothing; a repetition gets the stored answer (IETF draft "The Idempotency-Key HTTP Header Field").
 *
 * @param act reads, decides, and returns what to write; called again when what it read has changed meanwhile
 * @throws ServiceError `key-reused` when the key belongs to another request, `conflict` when others kept changing the same things; and what `act` throws
 */
export async function once(items: Items, { practice, person, request, now }: Once, act: () => Promise<Act>): Promise<ServiceResponse> {
  const idempotencyKey = request.headers['idempotency-key'] ?? ''
  const key = keys.request(practice, person, hashOf(idempotencyKey))
  const fingerprint = fingerprintOf(request, idempotencyKey)
  const earlier = () => storedAnswer(items, key, fingerprint)
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await earlier()
    if (answer !== undefined) return answer
    // A repetition that runs beside the first finds the effect of the first and may refuse it; the answer of the first holds for both.
    const done = await act().catch(async (error: unknown) => (await earlier()) ?? Promise.reject(error))
    if (!('writes' in done)) return done
    const request = { put: answerItem(key, fingerprint, done.response, now), onlyIf: 'absent' } as const
    if ((await items.write([...done.writes, request])) === 'written') return done.response
  }
  throw new ServiceError('conflict')
}

async function storedAnswer(items: Items, key: ItemKey, fingerprint: string): Promise<ServiceResponse | undefined> {
  const attributes = (await items.get(key))?.attributes
  if (attributes === undefined) return undefined
  if (attributes['fingerprint'] !== fingerprint) throw new ServiceError('key-reused')
  return { status: Number(attributes['status']), body: JSON.parse(String(attributes['body'])) as object }
}

const answerItem = (key: ItemKey, fingerprint: string, { status, body }: ServiceResponse, now: number): Item => ({
  ...key,
  attributes: { fingerprint, status, body: JSON.stringify(body), expiresAt: Math.floor(now / 1000) + keptSeconds },
})

// A plain hash of what somebody wrote can be found by guessing, and routing data carries no health information. So the hash is keyed by the
// Idempotency-Key, and of that only another hash is stored.
function fingerprintOf({ route, path, query, body }: ServiceRequest, idempotencyKey: string): string {
  const parts = [route, sorted(path), sorted(query), body ?? null]
  return createHmac('sha256', idempotencyKey).update(JSON.stringify(parts)).digest('base64url')
}

const hashOf = (idempotencyKey: string): string => createHash('sha256').update(idempotencyKey).digest('base64url')

const sorted = (record: Readonly<Record<string, string>>): unknown =>
  Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1))
