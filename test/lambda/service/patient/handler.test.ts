import { afterEach, expect, test, vi } from 'vitest'
import { servedVariables } from '../../../../lambda/service/env.ts'
import { sessionVariables } from '../../../../lambda/shared/session/env.ts'
import { quietLog } from '../../quiet-log.ts'

quietLog()

const load = () => import('../../../../lambda/service/patient/handler.ts')

/** An event as API Gateway sends it, without a token. */
const event = {
  resource: '/patient/calls',
  httpMethod: 'GET',
  pathParameters: null,
  multiValueQueryStringParameters: null,
  multiValueHeaders: {},
  body: null,
  requestContext: { requestId: 'request-1' },
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

test('the function starts with the variables its stack sets, and asks whoever has no token to sign in', async () => {
  vi.stubEnv('AWS_REGION', 'us-east-1')
  for (const name of sessionVariables) vi.stubEnv(name, 'value')
  vi.stubEnv('PHASE', 'open')
  vi.stubEnv('PRACTICES', '["practice1"]')
  vi.stubEnv('PILOT_PRACTICES', '[]')
  const { handler } = await load()
  expect(await handler(event)).toMatchObject({ statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' } })
})

test('the function does not start without its variables, and names every one', async () => {
  const names = [...sessionVariables, ...servedVariables]
  for (const name of names) vi.stubEnv(name, '')
  await expect(load()).rejects.toThrow(names.join(', '))
})
