import type { LocalItems } from './level-items.ts'

/**
 * Removes what has expired of `routing`, as DynamoDB does some time after (Amazon DynamoDB Developer Guide, "Using time to live (TTL) in DynamoDB"). An item that
 * is written anew meanwhile stays.
 * @param now milliseconds since 1970
 * @returns how many were removed
 */
export async function removeExpired(items: LocalItems, now: number): Promise<number> {
  let removed = 0
  for await (const { attributes, ...key } of items.all('routing')) {
    const { expiresAt } = attributes
    if (typeof expiresAt !== 'number' || expiresAt * 1000 > now) continue
    if ((await items.write([{ remove: key, onlyIf: { equals: { expiresAt } } }])) === 'written') removed += 1
  }
  return removed
}
