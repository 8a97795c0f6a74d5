import * as z from 'zod/mini'
import { contact, escalation, identifier, lineCall, message, override, patientCall, patientOfCall, purposes, rotation } from './schemas.ts'

/** Who may call a route: the answering line by its machine token, a signed-in patient, or a signed-in provider. */
export type Caller = 'line' | 'patient' | 'provider'

/** One method of the API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path with parameters in braces; every parameter is an id of ours. */
  readonly path: `/${string}`
  readonly caller: Caller
  /** The function that answers. */
  readonly function: 'intake' | 'provider' | 'patient'
  /** One sentence for the API description. */
  readonly summary: string
  /** Whether patient data or routing changes; such a route needs an Idempotency-Key and is closed in phase `read-only`. */
  readonly writes: boolean
  /** Query parameters, all required. @default none */
  readonly query?: Readonly<Record<string, z.ZodMiniType<string>>>
  /** Body. @default none is taken */
  readonly body?: z.ZodMiniType
}

const purpose = { purpose: z.enum(purposes) }

/** Every method of the API, by the id it has in the API description. Request validation, functions, embedded server and description follow from it. */
export const routes = {
  takeCall: {
    method: 'POST',
    path: '/line/calls',
    caller: 'line',
    function: 'intake',
    writes: true,
    body: lineCall,
    summary: 'Take a call of an unknown caller for a practice.',
  },
  sendCall: {
    method: 'POST',
    path: '/patient/calls',
    caller: 'patient',
    function: 'intake',
    writes: true,
    body: patientCall,
    summary: 'Ask the on-call provider of the practice to call back.',
  },
  replyToCall: {
    method: 'POST',
    path: '/patient/calls/{call}/messages',
    caller: 'patient',
    function: 'intake',
    writes: true,
    body: message,
    summary: 'Add a message to an own call.',
  },
  listOwnCalls: {
    method: 'GET',
    path: '/patient/calls',
    caller: 'patient',
    function: 'patient',
    writes: false,
    summary: 'List the own calls and where they stand.',
  },
  readOwnCall: {
    method: 'GET',
    path: '/patient/calls/{call}',
    caller: 'patient',
    function: 'patient',
    writes: false,
    summary: 'Read an own call with its messages.',
  },
  confirmReading: {
    method: 'POST',
    path: '/patient/calls/{call}/messages/{message}/receipt',
    caller: 'patient',
    function: 'patient',
    writes: true,
    summary: 'Say that a message was read.',
  },
  listDisclosures: {
    method: 'GET',
    path: '/patient/disclosures',
    caller: 'patient',
    function: 'patient',
    writes: false,
    summary: 'List who saw which of the own data, when and why (45 CFR 164.528).',
  },
  listOpenCalls: {
    method: 'GET',
    path: '/calls',
    caller: 'provider',
    function: 'provider',
    writes: false,
    summary: 'List the open calls of the practice, without health information.',
  },
  readCall: {
    method: 'GET',
    path: '/calls/{call}',
    caller: 'provider',
    function: 'provider',
    writes: false,
    query: purpose,
    summary: 'Read a call with its messages; the access ledger is written first.',
  },
  acknowledgeCall: {
    method: 'POST',
    path: '/calls/{call}/acknowledgement',
    caller: 'provider',
    function: 'provider',
    writes: true,
    summary: 'Take a call on; its escalation stops.',
  },
  sendMessage: {
    method: 'POST',
    path: '/calls/{call}/messages',
    caller: 'provider',
    function: 'provider',
    writes: true,
    body: message,
    summary: 'Write to the patient of a call.',
  },
  closeCall: {
    method: 'POST',
    path: '/calls/{call}/closure',
    caller: 'provider',
    function: 'provider',
    writes: true,
    summary: 'Close a call that somebody has acknowledged.',
  },
  mergeCall: {
    method: 'PUT',
    path: '/calls/{call}/patient',
    caller: 'provider',
    function: 'provider',
    writes: true,
    query: purpose,
    body: patientOfCall,
    summary: 'Say which known patient an unknown caller was.',
  },
  readOnCall: {
    method: 'GET',
    path: '/on-call',
    caller: 'provider',
    function: 'provider',
    writes: false,
    summary: 'Say who is on call for the practice now, and next.',
  },
  readSchedule: {
    method: 'GET',
    path: '/schedule',
    caller: 'provider',
    function: 'provider',
    writes: false,
    summary: 'Read the rotation of the practice and its overrides.',
  },
  replaceRotation: {
    method: 'PUT',
    path: '/schedule',
    caller: 'provider',
    function: 'provider',
    writes: true,
    body: rotation,
    summary: 'Replace the rotation of the practice.',
  },
  addOverride: {
    method: 'POST',
    path: '/schedule/overrides',
    caller: 'provider',
    function: 'provider',
    writes: true,
    body: override,
    summary: 'Put somebody else on call for a while.',
  },
  removeOverride: {
    method: 'DELETE',
    path: '/schedule/overrides/{override}',
    caller: 'provider',
    function: 'provider',
    writes: true,
    summary: 'Take an override back.',
  },
  readEscalation: {
    method: 'GET',
    path: '/escalation',
    caller: 'provider',
    function: 'provider',
    writes: false,
    summary: 'Read how the calls of the practice are escalated.',
  },
  replaceEscalation: {
    method: 'PUT',
    path: '/escalation',
    caller: 'provider',
    function: 'provider',
    writes: true,
    body: escalation,
    summary: 'Change how the calls of the practice are escalated.',
  },
  registerContact: {
    method: 'PUT',
    path: '/contact',
    caller: 'provider',
    function: 'provider',
    writes: true,
    body: contact,
    summary: 'Register the own number for notifications.',
  },
  readDailyReport: {
    method: 'GET',
    path: '/reports/daily',
    caller: 'provider',
    function: 'provider',
    writes: false,
    query: { date: z.iso.date() },
    summary: 'Read the calls of a day of the practice in numbers, without health information.',
  },
} as const satisfies Record<string, Route>

/** Id of a route. */
export type RouteId = keyof typeof routes
/** The functions that answer routes. */
export type ServiceFunction = Route['function']

/** Parameters in a route's path. */
export const pathParameters = ({ path }: Pick<Route, 'path'>): readonly string[] =>
  [...path.matchAll(/\{([a-z]+)\}/g)].flatMap(([, name]) => name ?? [])

/** What a path parameter may be. */
export const pathParameter = identifier
