import { callOf } from '../../lambda/service/calls/call.ts'
import { keys } from '../../lambda/service/calls/keys.ts'
import type { Items } from '../../lambda/shared/items/items.ts'

/** Makes calls that wait older by some minutes, as the clock of the emulator's functions is this machine's and cannot be moved. Step and version stay. */
export async function growOlder(items: Items, practice: string, minutes: number): Promise<void> {
  const earlier = (time: string): string => new Date(Date.parse(time) - minutes * 60_000).toISOString()
  const { table, pk } = keys.routing(practice, '')
  for (const item of await items.query({ table, pk })) {
    const { call, dueAt, receivedAt } = callOf(item)
    if (dueAt === undefined) continue
    const attributes = { ...item.attributes, receivedAt: earlier(receivedAt), dueAt: earlier(dueAt) }
    await items.write([
      { put: { ...item, attributes }, onlyIf: { equals: { dueAt } } },
      { remove: keys.due(practice, dueAt, call) },
      { put: { ...keys.due(practice, earlier(dueAt), call), attributes: {} } },
    ])
  }
}
