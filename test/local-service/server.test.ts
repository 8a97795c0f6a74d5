import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readBody } from '../../lib/local-service/read-body.ts'
import { type Listening, listen } from '../../lib/local-service/server.ts'

let server: Listening
let read = 0
beforeAll(async () => {
  vi.spyOn(console, 'info').mockReturnValue()
  server = await listen(0, async (message, url) => {
    const body = await readBody(message)
    read += 1
    return { status: 200, body: { body: body ?? null, path: url.pathname } }
  })
})
afterAll(async () => {
  vi.restoreAllMocks()
  await server.close()
})

/** Sends bytes and gives back what came until the server closed the connection. */
function sent(...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  return new Promise((resolve) => {
    let text = ''
    socket.on('data', (data) => {
      text += data.toString()
    })
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
    for (const part of parts) socket.write(part)
  })
}
const head = (...lines: string[]) => ['POST /a HTTP/1.1', 'Host: localhost', ...lines, '', ''].join('\r\n')
const statusOf = (answer: string): string => answer.split(' ')[1] ?? ''

describe('the server', () => {
  test('answers with the headers of the functions', async () => {
    const response = await fetch(`${server.url}/a`)
    expect(await response.json()).toEqual({ body: null, path: '/a' })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  test('takes the largest body and refuses one byte more', async () => {
    const post = (length: number) => fetch(`${server.url}/a`, { method: 'POST', body: 'x'.repeat(length) })
    expect((await post(16_384)).status).toBe(200)
    expect((await post(16_385)).status).toBe(413)
  })

  test('refuses a body that says it is too large without waiting for it', async () => {
    const answer = await sent(head('Content-Length: 100000000'), 'x'.repeat(100))
    expect(statusOf(answer)).toBe('413')
    expect(answer).toContain('application/problem+json')
  })

  test('refuses a body of unknown length as soon as it is too large, and ends the connection', async () => {
    const started = performance.now()
    const chunk = Buffer.from(`4000\r\n${'x'.repeat(0x4000)}\r\n`)
    const answer = await sent(head('Transfer-Encoding: chunked'), ...Array.from({ length: 64 }, () => chunk))
    expect(statusOf(answer)).toBe('413')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('refuses a body that is not UTF-8', async () => {
    const response = await fetch(`${server.url}/a`, { method: 'POST', body: Buffer.from([0x22, 0xff, 0x22]) })
    expect(response.status).toBe(400)
  })

  test.each(['evil.example', 'evil.example:8020', '127.0.0.1.evil.example', 'localhost@evil.example', '127.0.0.1:99999'])(
    'gives nothing to a page of %s',
    async (host) => {
      const before = read
      const answer = await sent(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      expect(statusOf(answer)).toMatch(/^40[03]$/)
      expect(read).toBe(before)
    },
  )

  test('listens on this machine only', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  test('refuses what is no HTTP, two lengths at once, and headers without end', async () => {
    expect(statusOf(await sent('hello\r\n\r\n'))).toBe('400')
    expect(statusOf(await sent(head('Content-Length: 1', 'Transfer-Encoding: chunked'), '0\r\n\r\n'))).toBe('400')
    expect(statusOf(await sent(head(`X: ${'x'.repeat(11_000)}`)))).toBe('431')
  })

  test('refuses two hosts in one request', async () => {
    expect(statusOf(await sent('GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n'))).toBe('403')
  })

  test('takes a client that goes in the middle of its body for no failure of ours', async () => {
    const errors = vi.spyOn(console, 'error').mockReturnValue()
    const infos = vi.mocked(console.info)
    infos.mockClear()
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.write(`${head('Content-Length: 100')}half`, () => setTimeout(() => socket.destroy(), 50))
    await vi.waitFor(() => expect(infos).toHaveBeenCalled())
    expect(errors).not.toHaveBeenCalled()
    errors.mockRestore()
  })

  test('answers many requests on one connection', async () => {
    const request = 'GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const last = 'GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
    const answer = await sent(request.repeat(9) + last)
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(10)
  })
})
