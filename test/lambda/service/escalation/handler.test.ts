import { afterEach, describe, expect, test, vi } from 'vitest'
import { escalationEnvironment } from '../../../../lambda/service/escalation/env.ts'

const load = () => import('../../../../lambda/service/escalation/handler.ts')

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  vi.resetModules()
})

describe('The function', () => {
  test('starts with the variables its stack sets, and answers a batch that is not about calls', async () => {
    vi.stubEnv('AWS_REGION', 'us-east-1')
    for (const name of Object.values(escalationEnvironment)) vi.stubEnv(name, 'value')
    vi.stubEnv(escalationEnvironment.practices, '["practice0001"]')
    const { handler } = await load()
    expect(await handler({ Records: [] })).toEqual({ batchItemFailures: [] })
    await expect(handler({})).rejects.toThrow('neither the sweep of the schedule nor records of the stream')
  })

  test('does not start without its variables, and names every one', async () => {
    for (const name of Object.values(escalationEnvironment)) vi.stubEnv(name, '')
    await expect(load()).rejects.toThrow('PRACTICES, ROUTING_TABLE, ORIGINATION_IDENTITY, CONFIGURATION_SET')
  })
})
