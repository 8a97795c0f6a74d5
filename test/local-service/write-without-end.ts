import { openLocalItems } from '../../lib/local-service/level-items.ts'

// A process that is going to be killed: eight writers, each of which says what was answered and goes on.
const items = await openLocalItems(process.argv[2] ?? '')

async function writeOn(writer: number, number: number): Promise<void> {
  const sk = `${writer}-${number}`
  const parts = ['practice#calls', 'practice#open'].map((pk) => ({ put: { table: 'routing' as const, pk, sk, attributes: { number } } }))
  await items.write(parts)
  process.send?.(sk)
  await writeOn(writer, number + 1)
}

await Promise.all(Array.from({ length: 8 }, (_, writer) => writeOn(writer, 0)))
