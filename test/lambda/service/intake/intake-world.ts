import { intake } from '../../../../lambda/service/intake/domain.ts'
import { lineScope } from '../../../../lambda/service/intake/env.ts'
import type { Served } from '../../../../lambda/service/phase.ts'
import { answering } from '../../../../lambda/shared/http/answering.ts'
import type { ServiceRequest, ServiceResponse } from '../../../../lambda/shared/http/exchange.ts'
import { dataKeyCache } from '../../../../lambda/shared/vault/data-key-cache.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { keysInMemory } from '../../keys-in-memory.ts'
import { requestTo } from '../../shared/http/requests.ts'

/** Ids that the tests of the intake function use. */
export const ids = {
  practice: 'practice1',
  pilot: 'practice2',
  patient: 'patient1',
  otherPatient: 'patient2',
  person: 'person01',
  call: 'call0001',
} as const
/** A Sunday in March, at 07:30 UTC. */
export const now = Date.UTC(2026, 2, 8, 7, 30)
/** What a caller says. */
export const content = {
  callbackNumber: '+13035550100',
  kind: 'symptom',
  urgency: 'urgent',
  message: 'Chest pain since the morning.',
} as const
/** Claims of the answering line's access token. */
export const lineClaims = { client_id: '4vkpoqrgp2q4bs3abcdef12345', scope: `${lineScope} other/scope` } as const
/** Claims of a patient's ID token. */
export const patientClaims = { person: ids.person, practice: ids.practice, patient: ids.patient } as const

/** The intake function on stores in memory, with errors answered as behind the API. */
export function intakeWorld(phase: Served['phase'] = 'open') {
  const [items, keys] = [itemsInMemory(), keysInMemory()]
  const served = { phase, practices: [ids.practice, ids.pilot], pilotPractices: [ids.pilot] }
  const answer = answering(intake({ items, keys, cache: dataKeyCache(), served, now: () => now }))
  const post = (request: ServiceRequest): Promise<ServiceResponse> => answer(request)
  return { items, keys, answer: post }
}

/** A call of the answering line as it should be. */
export const lineCallRequest = (body: object = {}, parts: Partial<ServiceRequest> = {}): ServiceRequest =>
  requestTo('takeCall', { claims: lineClaims, body: JSON.stringify({ practice: ids.practice, ...content, ...body }), ...parts })

/** A patient's call as it should be. */
export const patientCallRequest = (body: object = {}, parts: Partial<ServiceRequest> = {}): ServiceRequest =>
  requestTo('sendCall', { claims: patientClaims, body: JSON.stringify({ ...content, ...body }), ...parts })

/** A patient's reply as it should be. */
export const replyRequest = (call: string, parts: Partial<ServiceRequest> = {}): ServiceRequest =>
  requestTo('replyToCall', { claims: patientClaims, path: { call }, body: JSON.stringify({ message: 'It got better.' }), ...parts })
