import type { IncomingMessage } from 'node:http'
import { ServiceError } from '../../lambda/shared/http/service-error.ts'
import { largestBody } from '../../lambda/shared/http/validated.ts'

/**
 * Reads the body of a request, and no further than a body may be long.
 * @returns undefined when there is none
 * @throws ServiceError `too-large` as soon as that is certain, `not-valid` when it is not UTF-8
 */
export async function readBody(message: IncomingMessage): Promise<string | undefined> {
  if (Number(message.headers['content-length'] ?? 0) > largestBody) throw new ServiceError('too-large')
  const bytes = await whole(message).catch((error: unknown) => {
    // A client that has gone is no failure of the service, and hears nothing of it.
    throw message.destroyed && !message.complete ? new ServiceError('not-valid') : error
  })
  return bytes.length === 0 ? undefined : decoded(bytes)
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length
    if (length > largestBody) throw new ServiceError('too-large')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw new ServiceError('not-valid')
    throw error
  }
}
