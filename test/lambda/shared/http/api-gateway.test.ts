import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { behindApiGateway } from '../../../../lambda/shared/http/api-gateway.ts'
import type { Answer, ServiceRequest } from '../../../../lambda/shared/http/exchange.ts'
import { ServiceError } from '../../../../lambda/shared/http/service-error.ts'

const lines: unknown[] = []
beforeEach(() => {
  lines.length = 0
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: unknown) => void lines.push(line))
})
afterEach(() => vi.restoreAllMocks())

// As API Gateway sends it (API Gateway Developer Guide, "Lambda proxy integrations in API Gateway", input format), with the parts we do not read left in.
const event = {
  resource: '/patient/calls/{call}/messages',
  path: '/patient/calls/call1234/messages',
  httpMethod: 'POST',
  headers: { 'Content-Type': 'application/json' },
  multiValueHeaders: { 'Content-Type': ['application/json'], 'Idempotency-Key': ['0f8fad5b'], Cookie: ['a=1', 'b=2'] },
  queryStringParameters: { a: '2' },
  multiValueQueryStringParameters: { a: ['1', '2'], b: ['3'] },
  pathParameters: { call: 'call1234' },
  stageVariables: null,
  requestContext: {
    accountId: '123456789012',
    requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    authorizer: { claims: { sub: 'a', practice: 'practice1', 'cognito:groups': ['x'], exp: 1 } },
    identity: { sourceIp: '192.0.2.1' },
  },
  body: '{"message":"é"}',
  isBase64Encoded: false,
}

async function requestFrom(sent: unknown): Promise<ServiceRequest | undefined> {
  let seen: ServiceRequest | undefined
  const answer: Answer = async (request) => {
    seen = request
    return { status: 200, body: {} }
  }
  await behindApiGateway(answer)(sent)
  return seen
}

test('an event becomes the request it carries', async () => {
  expect(await requestFrom(event)).toEqual({
    route: 'replyToCall',
    requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    path: { call: 'call1234' },
    query: { a: '1, 2', b: '3' },
    headers: { 'content-type': 'application/json', 'idempotency-key': '0f8fad5b', cookie: 'a=1, b=2' },
    body: '{"message":"é"}',
    claims: { sub: 'a', practice: 'practice1' },
  })
})

test('a header that comes under two spellings of its name is one that came twice', async () => {
  const multiValueHeaders = { Authorization: ['one'], AUTHORIZATION: ['other', 'third'], accept: ['*/*'] }
  const request = await requestFrom({ ...event, multiValueHeaders })
  expect(request?.headers).toEqual({ authorization: 'one, other, third', accept: '*/*' })
})

test('what API Gateway leaves out as null is empty', async () => {
  const bare = {
    ...{
      resource: '/patient/calls',
      httpMethod: 'GET',
      pathParameters: null,
      multiValueQueryStringParameters: null,
      multiValueHeaders: null,
      body: null,
    },
    requestContext: { requestId: 'r', authorizer: null },
  }
  const expected = { route: 'listOwnCalls', requestId: 'r', path: {}, query: {}, headers: {}, body: undefined, claims: {} }
  expect(await requestFrom(bare)).toEqual(expected)
})

test('a body in base 64 is decoded; one that is not UTF-8 is refused', async () => {
  const encoded = (bytes: Uint8Array) => ({ ...event, isBase64Encoded: true, body: Buffer.from(bytes).toString('base64') })
  expect((await requestFrom(encoded(Buffer.from('{"message":"é"}'))))?.body).toBe('{"message":"é"}')
  expect(await requestFrom(encoded(Uint8Array.of(0xc3, 0x28)))).toBeUndefined()
  const { statusCode } = await behindApiGateway(() => Promise.reject(new TypeError()))(encoded(Uint8Array.of(0xff)))
  expect(statusCode).toBe(400)
})

test('an answer goes out as JSON, with headers that keep it out of caches and browsers', async () => {
  const result = await behindApiGateway(async () => ({ status: 201, body: { call: 'a' } }))(event)
  expect(result).toEqual({
    statusCode: 201,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Referrer-Policy': 'no-referrer',
      'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
      'X-Content-Type-Options': 'nosniff',
    },
    body: '{"call":"a"}',
    isBase64Encoded: false,
  })
})

test('a refusal goes out as a problem with the id of the request, and says how to sign in when that is what is missing', async () => {
  const { statusCode, headers, body } = await behindApiGateway(() => Promise.reject(new ServiceError('not-signed-in')))(event)
  expect(statusCode).toBe(401)
  expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json', 'WWW-Authenticate': 'Bearer', 'Cache-Control': 'no-store' })
  expect(JSON.parse(body)).toMatchObject({ status: 401, requestId: event.requestContext.requestId })
})

test.each([
  ['an unknown path', { ...event, resource: '/nowhere' }],
  ['an unknown method', { ...event, httpMethod: 'DELETE' }],
  ['a name of the prototype', { ...event, resource: '__proto__', httpMethod: '' }],
])('%s is not found', async (_, sent) => {
  expect((await behindApiGateway(() => Promise.reject(new TypeError()))(sent)).statusCode).toBe(404)
})

test.each([undefined, null, 'Jane Doe', {}, { ...event, body: { name: 'Jane Doe' } }, { Records: [] }])(
  'an event that no REST API sends is a failure, without a word of it: %j',
  async (sent) => {
    const result = await behindApiGateway(() => Promise.reject(new Error('unreached')))(sent)
    expect(result.statusCode).toBe(500)
    expect(JSON.stringify([result, lines])).not.toContain('Jane')
  },
)
