import { expect, test } from 'vitest'
import { accountingOf } from '../../../../lambda/shared/ledger/accounting.ts'
import { recordDisclosure } from '../../../../lambda/shared/ledger/ledger.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { look, patients, practice } from './ledger-fixture.ts'

test('an accounting tells date, recipient, description and purpose of six years, newest first', async () => {
  const items = itemsInMemory()
  const now = Date.UTC(2026, 10, 22, 16)
  const times = ['2020-11-22T15:59:59.999Z', '2020-11-22T16:00:00.000Z', '2026-11-22T15:00:00.000Z']
  for (const time of times) await recordDisclosure(items, look(0, { time }))
  await recordDisclosure(items, look(1))
  expect(await accountingOf(items, practice, patients[0], now)).toEqual(
    [times[2], times[1]].map((date) => ({
      date,
      recipient: 'person001',
      role: 'provider',
      description: 'callback-number, message',
      purpose: 'treatment',
    })),
  )
})
