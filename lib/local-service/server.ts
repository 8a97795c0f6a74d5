import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answered } from '../../lambda/shared/http/answering.ts'
import type { ServiceResponse } from '../../lambda/shared/http/exchange.ts'
import { responseHeaders } from '../../lambda/shared/http/response-headers.ts'
import { ServiceError } from '../../lambda/shared/http/service-error.ts'
import { largestBody } from '../../lambda/shared/http/validated.ts'

/** Answers a request that came over HTTP. It may throw; the server makes a response of what it throws. */
export type Exchange = (message: IncomingMessage, url: URL, requestId: string) => Promise<ServiceResponse>

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:8020`. */
  readonly url: string
  /** Takes no new request, waits for those at hand, and closes. */
  readonly close: () => Promise<void>
}

/** Nobody may hold a connection by being slow, and headers are no longer than API Gateway takes (API Gateway quotas, "Total combined size of … header values"). */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 10_240,
}
/** How long requests at hand may take when the server stops, in milliseconds. */
const patience = 5_000
/** How long a client that was refused in the middle of sending may take to read why, in milliseconds. */
const lingering = 500

/**
 * Listens on this machine only.
 * @param port 0 for any that is free
 * @throws Error of the system when the port is taken
 */
export async function listen(port: number, exchange: Exchange): Promise<Listening> {
  const server = createServer(limits, (message, response) => void answer(message, response, exchange))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', 1024, resolve)
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server) }
}

async function answer(message: IncomingMessage, response: ServerResponse, exchange: Exchange): Promise<void> {
  const requestId = randomUUID()
  const result = await answered(requestId, async () => exchange(message, urlOf(message), requestId))
  const body = JSON.stringify(result.body)
  response.writeHead(result.status, { ...responseHeaders(result), 'Content-Length': Buffer.byteLength(body) })
  response.end(message.method === 'HEAD' ? '' : body)
  if (!message.complete) leave(message)
}

/**
 * The address asked for. It must name this machine: a page in a browser whose own name was pointed at this machine sends its name, and gets nothing.
 * @throws ServiceError `not-allowed`
 */
function urlOf({ url = '/', headersDistinct }: IncomingMessage): URL {
  const [host = '', second] = headersDistinct['host'] ?? []
  const named = second === undefined && /^(?:127\.0\.0\.1|localhost)(?::[0-9]{1,5})?$/.test(host)
  const asked = `http://${host}${url.replace(/^\/+/, '/')}`
  // The last one: a port that no machine has.
  if (!named || !url.startsWith('/') || !URL.canParse(asked)) throw new ServiceError('not-allowed')
  return new URL(asked)
}

// What still comes of a body that is too large is thrown away for a moment, in which the client can read the answer, and then the connection ends. A small
// body that nobody needed is thrown away by Node, and the connection goes on.
function leave(message: IncomingMessage): void {
  if (isSmall(message.headers)) return
  setTimeout(() => message.socket.destroy(), lingering).unref()
}

const isSmall = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= largestBody

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), patience)
  await closed
  clearTimeout(timer)
}
