import { afterEach, expect, test, vi } from 'vitest'
import { alertEnvironment } from '../../../../lambda/detection/alert/env.ts'
import { pathCheckEvent } from './events.ts'

const load = () => import('../../../../lambda/detection/alert/handler.ts')

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

test('the function starts with the variables its stack sets, and answers the path check', async () => {
  vi.spyOn(console, 'info').mockImplementation(() => undefined)
  vi.stubEnv('AWS_REGION', 'us-east-1')
  for (const name of Object.values(alertEnvironment)) vi.stubEnv(name, 'value')
  const { handler } = await load()
  expect(await handler(pathCheckEvent)).toBe('path-checked')
})

test('the function does not start without its variables, and names every one', async () => {
  for (const name of Object.values(alertEnvironment)) vi.stubEnv(name, '')
  await expect(load()).rejects.toThrow('ENVIRONMENT, ALERTS_TOPIC_ARN, ALERT_REPEATS_TABLE, RUNBOOK_URL')
})
