import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { stsSessions } from '../../../../lambda/shared/session/sts-sessions.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const received: Received[] = []
let server: Server

const credentials = `<Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>of-the-person</SessionToken>
  <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`
const stsAnswer = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
  ${credentials}</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`

// One server for all of AWS: DynamoDB names its operations in a header, STS in the body.
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    const ofDynamo = request.headers['x-amz-target'] !== undefined
    response.writeHead(200, { 'content-type': ofDynamo ? 'application/x-amz-json-1.0' : 'text/xml' }).end(ofDynamo ? '{}' : stsAnswer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOFTHEFUNCTION')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('the exchange carries no credentials of the function, and the session signs with its own', async () => {
  const tables = { records: 'records', 'wrapped-keys': 'wrapped-keys', ledger: 'ledger', routing: 'routing' }
  const arns = { roleArn: 'arn:aws:iam::111122223333:role/provider-session', vaultKeyArn: 'vault', recoveryKeyArn: 'recovery' }
  const claim = { principal_tags: { practice: ['practice1'], person: ['person01'] }, transitive_tag_keys: [] }
  const payload = { exp: 4_000_000_000, 'https://aws.amazon.com/tags': claim }
  const token = `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`
  const { items } = await stsSessions({ ...arns, role: 'provider', tables }).open(token)
  await items.get({ table: 'records', pk: 'practice1#patient1', sk: 'call#call0001' })
  const [exchange, read] = received
  expect(exchange?.headers.authorization).toBeUndefined()
  expect(new URLSearchParams(exchange?.body).get('RoleSessionName')).toBe('person01')
  expect(read?.headers.authorization).toContain('Credential=ASIASESSION/')
  expect(read?.headers['x-amz-security-token']).toBe('of-the-person')
  expect(JSON.stringify(received)).not.toContain('AKIAOFTHEFUNCTION')
})
