import { expect, test } from 'vitest'
import { accountedFor, type Look, unaccounted } from '../../../../lambda/ledger/reconcile/account-for.ts'
import type { TrailRead } from '../../../../lambda/ledger/reconcile/trail-read.ts'
import { readAt } from './trail-events.ts'

const patient = { practice: 'practice1', patient: 'patient01' }
const other = { practice: 'practice1', patient: 'patient02' }
const read: TrailRead = { eventId: 'e', time: readAt, reader: { kind: 'person', person: 'person001' }, of: 'records', patients: [patient] }
const entered = (...looks: readonly Partial<Look>[]) =>
  new Map([['person001', looks.map((look) => ({ ...patient, time: readAt - 1000, ...look }))]])

test.each<[string, Partial<TrailRead>, ReturnType<typeof entered>, ReturnType<typeof unaccounted>]>([
  ['an entry a second before', {}, entered({}), undefined],
  ['an entry at the start of the window', {}, entered({ time: readAt - accountedFor }), undefined],
  ['an entry before the window', {}, entered({ time: readAt - accountedFor - 1 }), 'records'],
  ['an entry in the same second', {}, entered({ time: readAt + 999 }), undefined],
  ['an entry of a clock that is ahead', {}, entered({ time: readAt + 5000 }), undefined],
  ['an entry that came after', {}, entered({ time: readAt + 5001 }), 'records'],
  ['an entry of another patient', {}, entered(other), 'records'],
  ['an entry of another practice', {}, entered({ practice: 'practice2' }), 'records'],
  ['an entry of another person', { reader: { kind: 'person', person: 'person002' } }, entered({}), 'records'],
  ['no entry', { of: 'vault-key' }, new Map(), 'vault-key'],
  ['entries of one of two patients', { patients: [patient, other] }, entered({}), 'records'],
  ['entries of both patients', { patients: [patient, other] }, entered({}, other), undefined],
  ['no patient named, and an entry of the person', { patients: [] }, entered(other), undefined],
  ['no patient named, and no entry of the person', { patients: [] }, entered({ time: 0 }), 'records'],
  ['break-glass', { reader: { kind: 'break-glass' } }, new Map(), undefined],
  ['any other principal, whatever is entered', { reader: { kind: 'other' } }, entered({}), 'other-principal'],
])('%s', (_, over, looks, expected) => {
  expect(unaccounted({ ...read, ...over }, looks)).toBe(expected)
})
