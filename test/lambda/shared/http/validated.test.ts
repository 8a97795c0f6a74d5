import { expect, test } from 'vitest'
import { routes } from '../../../../lambda/service/api/routes.ts'
import type { ServiceRequest } from '../../../../lambda/shared/http/exchange.ts'
import { ServiceError } from '../../../../lambda/shared/http/service-error.ts'
import { largestBody, validated } from '../../../../lambda/shared/http/validated.ts'
import { requestTo } from './requests.ts'

const call = '01hzxw9k3v7q2m8n5p4r6t0y1a'
const reply = (parts: Partial<ServiceRequest> = {}) =>
  requestTo('replyToCall', { path: { call }, body: '{"message":"Better now."}', ...parts })
const merge = (parts: Partial<ServiceRequest> = {}) =>
  requestTo('mergeCall', { path: { call }, query: { purpose: 'treatment' }, body: '{"patient":"patient1"}', ...parts })

const refusalOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(ServiceError)
    expect((error as ServiceError).cause).toBeUndefined()
    return (error as ServiceError).refusal
  }
  return 'none'
}

test('a request that is what its route says comes back in values of their types', () => {
  const { path, query, body } = validated(routes.mergeCall, merge())
  const purpose: 'treatment' | 'payment' | 'operations' = query.purpose
  expect({ call: path.call, purpose, patient: body.patient }).toEqual({ call, purpose: 'treatment', patient: 'patient1' })
})

test('a route without parameters and body needs none', () => {
  expect(validated(routes.listOwnCalls, requestTo('listOwnCalls', { headers: {} }))).toEqual({ path: {}, query: {}, body: undefined })
})

test.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"'])(
  'the content type %s is taken',
  (type) => {
    expect(validated(routes.replyToCall, reply({ headers: { ...reply().headers, 'content-type': type } })).body.message).toBe('Better now.')
  },
)

test.each([
  undefined,
  '',
  'text/plain',
  'application/jsonp',
  'application/json; charset=utf-16',
  'application/json, text/html',
  'text/html;application/json',
])('the content type %s is refused', (type) => {
  const { 'content-type': _, ...headers } = reply().headers
  const withType = type === undefined ? headers : { ...headers, 'content-type': type }
  expect(refusalOf(() => validated(routes.replyToCall, reply({ headers: withType })))).toBe('not-valid')
})

test.each([
  undefined,
  '',
  'short',
  '1234567',
  'a'.repeat(65),
  '12345678 ',
  '1234567_',
  '12345678, 12345678',
  '１２３４５６７８',
  '12345678\n',
])('the Idempotency-Key %j is refused for a write', (key) => {
  const { 'idempotency-key': _, ...headers } = reply().headers
  const withKey = key === undefined ? headers : { ...headers, 'idempotency-key': key }
  expect(refusalOf(() => validated(routes.replyToCall, reply({ headers: withKey })))).toBe('not-valid')
})

test('a body may fill its space, in bytes, and not exceed it', () => {
  const bodyOf = (bytes: number) => `{"message":"Better now."}`.padEnd(bytes)
  expect(refusalOf(() => validated(routes.replyToCall, reply({ body: bodyOf(largestBody) })))).toBe('none')
  expect(refusalOf(() => validated(routes.replyToCall, reply({ body: bodyOf(largestBody + 1) })))).toBe('too-large')
  expect(refusalOf(() => validated(routes.replyToCall, reply({ body: `{"message":"${'é'.repeat(8_200)}"}` })))).toBe('too-large')
})

test.each([
  ['no body where one is needed', reply({ body: undefined })],
  ['an empty body', reply({ body: '' })],
  ['a body that is no JSON', reply({ body: 'message=a' })],
  ['a list', reply({ body: '["a"]' })],
  ['null', reply({ body: 'null' })],
  ['a field too many', reply({ body: '{"message":"a","practice":"practice1"}' })],
  ['a field too few', reply({ body: '{}' })],
  ['a field of another type', reply({ body: '{"message":{"$ne":""}}' })],
  ['a field twice', reply({ body: '{"message":"a","message":"b"}' })],
  ['no path parameter', reply({ path: {} })],
  ['another path parameter', reply({ path: { call, patient: 'patient1' } })],
  ['a path parameter that is no id', reply({ path: { call: '../../etc/passwd' } })],
  ['a path parameter with a separator of our keys', reply({ path: { call: `${call.slice(0, 10)}#a` } })],
  ['a path parameter with a line break', reply({ path: { call: `${call}\n` } })],
  ['a path parameter that the prototype has', reply({ path: { toString: call } })],
  ['a query parameter that the route does not have', reply({ query: { debug: '1' } })],
  ['a query parameter called like the prototype', reply({ query: JSON.parse('{"__proto__":"a"}') as Record<string, string> })],
])('%s is refused', (_, request) => {
  expect(refusalOf(() => validated(routes.replyToCall, request))).toBe('not-valid')
})

test.each([{}, { purpose: '' }, { purpose: 'curiosity' }, { purpose: 'treatment, payment' }, { purpose: 'treatment', debug: '' }])(
  'the query %j is refused where a purpose is needed',
  (query) => {
    expect(refusalOf(() => validated(routes.mergeCall, merge({ query })))).toBe('not-valid')
  },
)

test('a body where none is taken is refused', () => {
  expect(refusalOf(() => validated(routes.listOwnCalls, requestTo('listOwnCalls', { body: '{}' })))).toBe('not-valid')
  expect(refusalOf(() => validated(routes.listOwnCalls, requestTo('listOwnCalls', { body: '' })))).toBe('none')
})

test('text comes out composed, so that the same words are the same text', () => {
  const { body } = validated(routes.replyToCall, reply({ body: JSON.stringify({ message: 'Jose\u0301 \u1100\u1161' }) }))
  expect(body.message).toBe('Jos\u00e9 \uac00')
})
