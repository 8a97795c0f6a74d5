import { expect, test } from 'vitest'
import { TookTooLong, within } from '../../lib/prepare/within.ts'

test('an answer in time is passed on', async () => expect(await within(1_000, Promise.resolve('here'))).toBe('here'))

test('a promise that never ends is given up', async () => {
  await expect(within(5, new Promise(() => {}))).rejects.toThrow(TookTooLong)
})
