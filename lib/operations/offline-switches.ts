import { GetFunctionConcurrencyCommand, type LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import {
  GetIPSetCommand,
  type IPSet,
  ListIPSetsCommand,
  UpdateIPSetCommand,
  WAFOptimisticLockException,
  type WAFV2Client,
} from '@aws-sdk/client-wafv2'
import type { Switches } from './offline.ts'

/** Something is not there, or not as it was just set. */
export class SwitchError extends Error {
  override readonly name = 'SwitchError'
}

// An IP set can be changed by one at a time; who comes second reads it again (AWS WAF API Reference, UpdateIPSet, "LockToken").
const mostAttempts = 5
const scope = { Scope: 'REGIONAL' } as const

/** The switches of a real account. The IAM actions they need: `lambda:PutFunctionConcurrency`, `lambda:GetFunctionConcurrency`, `wafv2:ListIPSets`, `wafv2:GetIPSet`, `wafv2:UpdateIPSet`. */
export const switchesIn = (lambda: LambdaClient, waf: WAFV2Client): Switches => ({
  concurrency: async (FunctionName, ReservedConcurrentExecutions) => {
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }))
    const now = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))
    if (now.ReservedConcurrentExecutions !== ReservedConcurrentExecutions)
      throw new SwitchError(`It was set to ${ReservedConcurrentExecutions} and stands at ${now.ReservedConcurrentExecutions ?? 'none'}.`)
  },
  addresses: async (name, addresses) => {
    const { Id } = await findIpSet(waf, name)
    await update(waf, { Name: name, Id }, addresses)
    const { set } = await read(waf, { Name: name, Id })
    if (!sameAddresses(set.Addresses, addresses))
      throw new SwitchError(`It was set to ${addresses.length} ranges and holds ${set.Addresses?.length ?? 0}.`)
  },
})

interface IpSetKey {
  readonly Name: string
  readonly Id: string
}

async function findIpSet(waf: WAFV2Client, name: string, NextMarker?: string): Promise<IpSetKey> {
  const page = await waf.send(new ListIPSetsCommand({ ...scope, NextMarker, Limit: 100 }))
  const Id = page.IPSets?.find(({ Name }) => Name === name)?.Id
  if (Id !== undefined) return { Name: name, Id }
  // WAF hands out a marker as long as a page was full.
  if (page.NextMarker === undefined || page.IPSets?.length === 0)
    throw new SwitchError('There is no such IP set in this account and Region. Is the service stack deployed?')
  return findIpSet(waf, name, page.NextMarker)
}

async function read(waf: WAFV2Client, key: IpSetKey): Promise<{ readonly set: IPSet; readonly LockToken: string | undefined }> {
  const { IPSet: set, LockToken } = await waf.send(new GetIPSetCommand({ ...scope, ...key }))
  if (set === undefined) throw new SwitchError('The IP set could not be read.')
  return { set, LockToken }
}

async function update(waf: WAFV2Client, key: IpSetKey, addresses: readonly string[], attempt = 1): Promise<void> {
  const { set, LockToken } = await read(waf, key)
  if (sameAddresses(set.Addresses, addresses)) return
  try {
    await waf.send(
      new UpdateIPSetCommand({ ...scope, ...key, LockToken, Addresses: [...addresses], Description: set.Description || undefined }),
    )
  } catch (error) {
    if (!(error instanceof WAFOptimisticLockException) || attempt === mostAttempts) throw error
    await update(waf, key, addresses, attempt + 1)
  }
}

// IPv6 ranges may come back written out in full: `0000:0000:0000:0000:0000:0000:0000:0000/1` for `::/1`.
const sameAddresses = (are: readonly string[] | undefined, should: readonly string[]): boolean =>
  JSON.stringify([...(are ?? [])].map(shortest).sort()) === JSON.stringify(should.map(shortest).sort())

function shortest(range: string): string {
  const [address = '', length = ''] = range.split('/')
  return address.includes(':') ? `${new URL(`http://[${address}]`).hostname}/${length}` : range
}
