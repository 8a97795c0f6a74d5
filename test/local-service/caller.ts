import { randomUUID } from 'node:crypto'

/** What the service answered. */
export interface Answered {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

/** Asks the service over HTTP. */
export interface Caller {
  readonly get: (path: string) => Promise<Answered>
  /** @param key Idempotency-Key. @default a new one */
  readonly post: (path: string, body?: object, key?: string) => Promise<Answered>
  readonly put: (path: string, body: object) => Promise<Answered>
}

/** Somebody who sends a token with every request; without one, somebody who does not. @param url asked anew each time, as a restart changes it */
export function caller(url: () => string, token?: string): Caller {
  const ask = async (method: string, path: string, body?: object, key: string = randomUUID()): Promise<Answered> => {
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'GET' ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const response = await fetch(`${url()}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { status: response.status, body: await response.json() }
  }
  return {
    get: (path) => ask('GET', path),
    post: (path, body, key) => ask('POST', path, body, key),
    put: (path, body) => ask('PUT', path, body),
  }
}

/** Signs in by name. */
export async function signedIn(url: () => string, person: string, practice?: string): Promise<Caller & { readonly token: string }> {
  const { status, body } = await caller(url).post('/local/sign-in', { person, ...(practice === undefined ? {} : { practice }) })
  if (status !== 200) throw new Error(`${person} cannot sign in: ${status}`)
  return { ...caller(url, body.token), token: body.token }
}
