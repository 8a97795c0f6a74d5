import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as the escalation function handed it to AWS End User Messaging. */
export interface SentMessage {
  /** `SendTextMessage` or `SendVoiceMessage`. */
  readonly operation: string
  readonly number: string
  readonly words: string
}

/** Stands where AWS End User Messaging would; the emulator does not have that service. */
export interface NotificationSink {
  readonly endpoint: string
  readonly sent: readonly SentMessage[]
  readonly stop: () => Promise<void>
}

/** Starts it on this machine; it takes every message and keeps it. */
export async function startNotificationSink(): Promise<NotificationSink> {
  const sent: SentMessage[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { DestinationPhoneNumber = '', MessageBody = '' } = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    sent.push({ operation, number: DestinationPhoneNumber, words: MessageBody })
    response.setHeader('Content-Type', 'application/x-amz-json-1.0').end(JSON.stringify({ MessageId: randomUUID() }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    sent,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
