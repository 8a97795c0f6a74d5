import type { Call } from '../../../../lambda/service/calls/call.ts'
import { callOf, newCall } from '../../../../lambda/service/calls/call.ts'
import { keys as itemKeys } from '../../../../lambda/service/calls/keys.ts'
import { callRecord, sealedRecord } from '../../../../lambda/service/calls/record.ts'
import { patient } from '../../../../lambda/service/patient/domain.ts'
import type { Served } from '../../../../lambda/service/phase.ts'
import { provider } from '../../../../lambda/service/provider/domain.ts'
import { answering } from '../../../../lambda/shared/http/answering.ts'
import type { ServiceRequest } from '../../../../lambda/shared/http/exchange.ts'
import { ServiceError } from '../../../../lambda/shared/http/service-error.ts'
import type { ItemKey, Items } from '../../../../lambda/shared/items/items.ts'
import type { Person, Sessions } from '../../../../lambda/shared/session/session.ts'
import { dataKeyCache } from '../../../../lambda/shared/vault/data-key-cache.ts'
import type { KeyContext, KeyService } from '../../../../lambda/shared/vault/ports.ts'
import { vault } from '../../../../lambda/shared/vault/vault.ts'
import { itemsInMemory, itemsOf } from '../../items-in-memory.ts'
import { keysInMemory } from '../../keys-in-memory.ts'
import { requestTo } from '../../shared/http/requests.ts'

/** Ids the tests use. */
export const ids = {
  practice: 'practice1',
  other: 'practice2',
  patient: 'patient1',
  stranger: 'stranger1',
  doctor: 'doctor01',
  colleague: 'doctor02',
} as const
/** A Sunday in March, at 07:30 UTC. */
export const start = Date.UTC(2026, 2, 8, 7, 30)
/** What a caller says; no log and no routing item may ever hold it. */
export const said = { callbackNumber: '+13035550100', kind: 'symptom', message: 'Chest pain since the morning.' } as const

/** People who can sign in, by their tokens. */
const people: Readonly<Record<string, Person>> = {
  doctor: { id: ids.doctor, role: 'provider', practice: ids.practice },
  colleague: { id: ids.colleague, role: 'provider', practice: ids.practice },
  elsewhere: { id: 'doctor03', role: 'provider', practice: ids.other },
  patient: { id: 'person01', role: 'patient', practice: ids.practice, patient: ids.patient },
  neighbour: { id: 'person02', role: 'patient', practice: ids.practice, patient: 'patient2' },
}

/** What a test may break or watch. */
export interface Watch {
  /** Called before each read, write and use of a key, by whom it is made: `session get records`, `standing write routing`, `session unwrap`. */
  trace: string[]
  /** Fails everything it matches. */
  fails: RegExp | undefined
  /** Happens just before the first thing it matches. */
  meanwhile: { readonly before: RegExp; readonly act: () => Promise<unknown> } | undefined
}

/** A practice on stores in memory, its sessions cut as the policies cut them, and the two functions that people speak to. */
export function practiceWorld({
  budget = { hour: 5, day: 5 },
  phase = 'open',
}: {
  budget?: { hour: number; day: number }
  phase?: Served['phase']
} = {}) {
  const [items, keys] = [itemsInMemory(), keysInMemory()]
  const watch: Watch = { trace: [], fails: undefined, meanwhile: undefined }
  const clock = { now: start }
  const sessions = (): Sessions => ({ open: async (token) => sessionOf(token) })
  const sessionOf = (token: string) => {
    const person = people[token]
    if (person === undefined) throw new ServiceError('not-signed-in')
    return { person, items: watched('session', watch, itemsOf(items, reachOf(person))), keys: keysOf(person, keys, watch) }
  }
  const served = { phase, practices: [ids.practice, ids.other], pilotPractices: [] }
  const common = { sessions: sessions(), cache: dataKeyCache(), served, now: () => clock.now }
  const standing = (kind: string): Items =>
    watched(
      'standing',
      watch,
      itemsOf(items, ({ table, pk }) => table === 'routing' && pk.endsWith(`#${kind}`)),
    )
  const asProvider = answering(provider({ ...common, standing: standing('budget'), budget }))
  const asPatient = answering(patient({ ...common, standing: standing('calls') }))
  let keyNumber = 0
  const ask = (who: string, route: Parameters<typeof requestTo>[0], parts: Partial<ServiceRequest> = {}) => {
    keyNumber += 1
    const headers = {
      authorization: `Bearer ${who}`,
      'content-type': 'application/json',
      'idempotency-key': `key-number-${keyNumber}`,
      ...parts.headers,
    }
    return (people[who]?.role === 'patient' ? asPatient : asProvider)(requestTo(route, { ...parts, headers }))
  }
  /** Takes a call as the intake function does. */
  const take = async (call: string, parts: Partial<Call> = {}) => {
    const receivedAt = new Date(clock.now).toISOString()
    const routed: Call = {
      practice: ids.practice,
      call,
      patient: ids.patient,
      urgency: 'soon',
      state: 'open',
      receivedAt,
      step: 0,
      dueAt: receivedAt,
      version: 1,
      ...parts,
    }
    const sealing = vault({ items, keys, cache: dataKeyCache(), holder: 'intake' })
    const record = await sealedRecord(sealing, callRecord(routed.practice, routed.patient, call), said)
    await items.write([{ put: record }, ...newCall(routed)])
  }
  const routed = (call: string) => {
    const item = items.stored.get(nameOf(itemKeys.routing(ids.practice, call)))
    return item && callOf(item)
  }
  return { items, keys, watch, clock, ask, take, routed }
}

/** Name of an item in the stores of the tests. */
export const nameOf = ({ table, pk, sk }: ItemKey): string => `${table}\n${pk}\n${sk}`

// As dynamodb:LeadingKeys says for the two session roles (lib/environment/people/permissions).
const reachOf =
  ({ role, practice, patient: own }: Person) =>
  ({ table, pk }: Pick<ItemKey, 'table' | 'pk'>): boolean =>
    role === 'provider' ? pk.startsWith(`${practice}#`) : pk === `${practice}#${own}` || (table === 'ledger' && pk === `${practice}#chain`)

function watched(whose: string, watch: Watch, items: Items): Items {
  const note = async (what: string): Promise<void> => {
    const step = `${whose} ${what}`
    watch.trace.push(step)
    if (watch.fails?.test(step)) throw new Error('The store does not answer.')
    const { meanwhile } = watch
    if (!meanwhile?.before.test(step)) return
    watch.meanwhile = undefined
    await meanwhile.act()
  }
  return {
    get: async (key) => {
      await note(`get ${key.table}`)
      return items.get(key)
    },
    query: async (range) => {
      await note(`query ${range.table}`)
      return items.query(range)
    },
    write: async (parts) => {
      for (const part of parts) await note(`write ${('put' in part ? part.put : 'remove' in part ? part.remove : part.check).table}`)
      return items.write(parts)
    },
  }
}

function keysOf({ role, practice, patient: own }: Person, keys: KeyService, watch: Watch): KeyService {
  const permitted = (what: string, context: KeyContext): KeyContext => {
    watch.trace.push(`session ${what}`)
    const may = context.practice === practice && (role === 'provider' || context.patient === own)
    if (!may) throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' })
    return context
  }
  return {
    generate: async (context) => keys.generate(permitted('generate', context)),
    unwrap: async (wrapped, context) => keys.unwrap(wrapped, permitted('unwrap', context)),
    wrapForRecovery: async (plaintext, context) => keys.wrapForRecovery(plaintext, permitted('wrap', context)),
  }
}
