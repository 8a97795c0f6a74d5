import type { ClientSettings } from './emulator.ts'

/**
 * Takes what waits in a queue of the emulator. No client of Amazon SQS is installed for this one request, and the emulator tests no signature.
 * @returns texts of the messages
 */
export async function receive({ endpoint, region, credentials }: ClientSettings, queueUrl: string): Promise<readonly string[]> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.ReceiveMessage',
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/sqs/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
  })
  if (!response.ok) throw new Error(`The queue ${queueUrl} does not answer: ${response.status}.`)
  const { Messages = [] } = (await response.json()) as { readonly Messages?: readonly { readonly Body: string }[] }
  return Messages.map(({ Body }) => Body)
}
