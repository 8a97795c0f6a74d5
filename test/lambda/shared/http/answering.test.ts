import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answering } from '../../../../lambda/shared/http/answering.ts'
import { type Refusal, refusals, ServiceError } from '../../../../lambda/shared/http/service-error.ts'
import { requestTo } from './requests.ts'

const lines: unknown[] = []
beforeEach(() => {
  lines.length = 0
  for (const level of ['info', 'warn', 'error', 'log', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation((...line: unknown[]) => void lines.push(level, ...line))
})
afterEach(() => vi.restoreAllMocks())

const request = requestTo('replyToCall', { body: 'Jane Doe' })
const answerTo = (error: unknown) => answering(() => Promise.reject(error))(request)

test('an answer passes through as it is', async () => {
  const response = { status: 201, body: { call: 'a' } }
  expect(await answering(async () => response)(request)).toBe(response)
  expect(lines).toEqual([])
})

test.each(Object.keys(refusals) as Refusal[])('the refusal %s becomes a problem in its own words', async (refusal) => {
  const { status, words } = refusals[refusal]
  const body = { type: `urn:safe-harbor:problem:${refusal}`, title: words, status, requestId: 'request-1' }
  expect(await answerTo(new ServiceError(refusal, { cause: new Error('Jane Doe') }))).toEqual({ status, body })
  expect(lines).toEqual(['info', { event: 'request-refused', requestId: 'request-1', kind: refusal }])
})

test.each(['AccessDeniedException', 'AccessDenied'])('a denial by AWS (%s) is not allowed, and rings', async (name) => {
  const { status, body } = await answerTo(Object.assign(new Error('Jane Doe'), { name }))
  expect({ status, body }).toMatchObject({ status: 403, body: { title: refusals['not-allowed'].words } })
  expect(lines).toEqual(['error', { event: 'session-denied', requestId: 'request-1', kind: name }])
})

test.each([new TypeError('Jane Doe'), 'Jane Doe', { message: 'Jane Doe' }, undefined])(
  'anything else is a failure that tells nothing of itself: %s',
  async (error) => {
    const response = await answerTo(error)
    expect(response.status).toBe(500)
    expect(JSON.stringify([response, lines])).not.toContain('Jane')
    expect(lines).toEqual(['error', { event: 'answer-failed', requestId: 'request-1', kind: expect.any(String) as string }])
  },
)

test('an error is answered too when it comes before there is a promise', async () => {
  const throwing = () => {
    throw new ServiceError('not-valid')
  }
  expect((await answering(throwing)(request)).status).toBe(400)
})
