import { GetFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import { GetIPSetCommand, ListIPSetsCommand, UpdateIPSetCommand, WAFOptimisticLockException, WAFV2Client } from '@aws-sdk/client-wafv2'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type Standing, type Switches, switchesOf, switchService } from '../../lib/operations/offline.ts'
import { reportStanding, reportSwitch, switchCommands } from '../../lib/operations/offline-report.ts'
import { switchesIn } from '../../lib/operations/offline-switches.ts'
import { exampleTrial as sandbox } from '../config/example-environments.ts'

const lambda = mockClient(LambdaClient)
const waf = mockClient(WAFV2Client)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  lambda.restore()
  waf.restore()
})

/** An account that behaves: it keeps what it is told, and writes IPv6 ranges out in full. */
const stored = { concurrency: new Map<string, number>(), addresses: new Map<string, string[]>(), tokens: new Map<string, number>() }
const names = ['safe-harbor-sandbox-offline-v4', 'safe-harbor-sandbox-offline-v6']
const tokenOf = (name: string) => `token-${stored.tokens.get(name) ?? 0}`
const full = (range: string) => range.replace('::/', ':0000:0000:0000:0000:0000:0000:0000/').replace(/^:/, '0000:')

beforeEach(() => {
  for (const kept of Object.values(stored)) kept.clear()
  lambda.reset()
  waf.reset()
  lambda.on(PutFunctionConcurrencyCommand).callsFake(({ FunctionName, ReservedConcurrentExecutions }) => {
    stored.concurrency.set(FunctionName, ReservedConcurrentExecutions)
    return {}
  })
  lambda
    .on(GetFunctionConcurrencyCommand)
    .callsFake(({ FunctionName }) => ({ ReservedConcurrentExecutions: stored.concurrency.get(FunctionName) }))
  waf
    .on(ListIPSetsCommand)
    .callsFake(({ NextMarker }) =>
      NextMarker === undefined
        ? { IPSets: [{ Name: 'other', Id: 'other' }], NextMarker: 'more' }
        : { IPSets: names.map((Name) => ({ Name, Id: `id-of-${Name}` })) },
    )
  waf.on(GetIPSetCommand).callsFake(({ Name }) => ({
    IPSet: { Name, Addresses: (stored.addresses.get(Name) ?? []).map(full), Description: 'who is kept out' },
    LockToken: tokenOf(Name),
  }))
  waf.on(UpdateIPSetCommand).callsFake(({ Name, Addresses, LockToken, Id, Scope }) => {
    if (LockToken !== tokenOf(Name)) throw lockError()
    expect([Id, Scope]).toEqual([`id-of-${Name}`, 'REGIONAL'])
    stored.addresses.set(Name, Addresses)
    stored.tokens.set(Name, (stored.tokens.get(Name) ?? 0) + 1)
    return {}
  })
})

const lockError = () => new WAFOptimisticLockException({ message: 'changed', $metadata: {} })
const run = (to: Standing) => switchService(sandbox, to, switchesIn(new LambdaClient({}), new WAFV2Client({})), () => {})
const failures = (switched: Awaited<ReturnType<typeof run>>) => switched.filter(({ error }) => error !== undefined)

describe('taking the service offline', () => {
  test('stops the functions that answer, and puts the whole internet into the IP sets', async () => {
    expect(failures(await run('offline'))).toEqual([])
    expect(Object.fromEntries(stored.concurrency)).toEqual({
      'safe-harbor-sandbox-intake': 0,
      'safe-harbor-sandbox-provider': 0,
      'safe-harbor-sandbox-patient': 0,
    })
    expect(Object.fromEntries(stored.addresses)).toEqual({
      'safe-harbor-sandbox-offline-v4': ['0.0.0.0/1', '128.0.0.0/1'],
      'safe-harbor-sandbox-offline-v6': ['::/1', '8000::/1'],
    })
  })

  test('stops the functions before it touches the firewall', async () => {
    const order: string[] = []
    const switches: Switches = {
      concurrency: async () => void order.push('function'),
      addresses: async () => void order.push('ip-set'),
    }
    await switchService(sandbox, 'offline', switches, () => {})
    expect(order).toEqual(['function', 'function', 'function', 'ip-set', 'ip-set'])
  })

  test('twice does nothing the second time but look', async () => {
    await run('offline')
    expect(failures(await run('offline'))).toEqual([])
    expect(waf.commandCalls(UpdateIPSetCommand)).toHaveLength(2)
  })

  test('and online again restores the numbers the service stack reserves', async () => {
    await run('offline')
    expect(failures(await run('online'))).toEqual([])
    expect([...stored.concurrency.values()]).toEqual([20, 20, 10])
    expect([...stored.addresses.values()]).toEqual([[], []])
  })

  test('reads the IP set again when somebody else has just changed it', async () => {
    let refused = 0
    waf.on(UpdateIPSetCommand, { Name: names[0] }).callsFake(({ Name, Addresses }) => {
      if (refused < 3) {
        refused += 1
        throw lockError()
      }
      stored.addresses.set(Name, Addresses)
      return {}
    })
    expect(failures(await run('offline'))).toEqual([])
    expect(refused).toBe(3)
  })

  test('keeps the description of the IP set', async () => {
    await run('offline')
    expect(waf.commandCalls(UpdateIPSetCommand)[0]?.args[0].input.Description).toBe('who is kept out')
  })
})

describe('a switch that fails', () => {
  test('keeps none of the others from happening, and is named with what to do', async () => {
    lambda.on(PutFunctionConcurrencyCommand, { FunctionName: 'safe-harbor-sandbox-provider' }).rejects(new Error('no'))
    const switched = await run('offline')
    expect(failures(switched).map((one) => one.switch.name)).toEqual(['safe-harbor-sandbox-provider'])
    expect(stored.concurrency.get('safe-harbor-sandbox-patient')).toBe(0)
    expect(stored.addresses.size).toBe(2)
    expect(reportStanding('offline', switched)).toBe(
      'NOT offline: 1 of 5 remain: safe-harbor-sandbox-provider. Run this again, or type what --print prints.',
    )
  })

  test('is also one that does not stand when it is read back', async () => {
    lambda.on(GetFunctionConcurrencyCommand, { FunctionName: 'safe-harbor-sandbox-intake' }).resolves({})
    waf.on(GetIPSetCommand, { Name: names[1] }).resolves({ IPSet: { Addresses: [] } as never, LockToken: tokenOf(names[1] ?? '') })
    const failed = failures(await run('offline'))
    expect(failed.map(({ error }) => (error as Error).message)).toEqual([
      'It was set to 0 and stands at none.',
      'It was set to 2 ranges and holds 0.',
    ])
  })

  test('is also an IP set that is not there, or is changed by others all the time', async () => {
    waf.on(ListIPSetsCommand).resolves({ IPSets: [] })
    expect(failures(await run('offline')).map(({ error }) => (error as Error).name)).toEqual(['SwitchError', 'SwitchError'])
  })

  test('is given up after five attempts', async () => {
    waf.on(UpdateIPSetCommand).rejects(lockError())
    const failed = failures(await run('offline'))
    expect(failed.map(({ error }) => (error as Error).name)).toEqual(Array(2).fill('WAFOptimisticLockException'))
    expect(waf.commandCalls(UpdateIPSetCommand)).toHaveLength(10)
  })
})

describe('what is printed', () => {
  test('says of each switch how long it took and what it means', () => {
    const [functions = [], sets = []] = switchesOf(sandbox, 'offline')
    const lines = [functions[0], sets[0]].flatMap((one) => (one ? [reportSwitch({ switch: one, milliseconds: 411.6 })] : []))
    expect(lines).toEqual([
      '   412 ms  safe-harbor-sandbox-intake  runs at most 0 at once',
      '   412 ms  safe-harbor-sandbox-offline-v4  holds everybody: 0.0.0.0/1 128.0.0.0/1',
    ])
  })

  test('as commands for the AWS CLI names every switch, in the same order', () => {
    const commands = switchCommands(sandbox, 'online', 'safe-harbor-sandbox-responder')
    expect(commands).toHaveLength(6)
    expect(commands[1]).toBe(
      'aws lambda put-function-concurrency --region us-east-1 --function-name safe-harbor-sandbox-intake --reserved-concurrent-executions 20',
    )
    expect(commands[4]).toContain('--name safe-harbor-sandbox-offline-v4 --id "$(aws wafv2 list-ip-sets')
    expect(commands[4]).toMatch(/--addresses '\[\]'$/)
  })
})
