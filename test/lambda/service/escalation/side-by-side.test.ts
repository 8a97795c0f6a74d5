import { expect, test } from 'vitest'
import { sideBySide } from '../../../../lambda/service/escalation/side-by-side.ts'

test('works on a few at a time, in order, and one that fails stops none of the others', async () => {
  let together = 0
  let most = 0
  const order: number[] = []
  const done = await sideBySide(
    [0, 1, 2, 3, 4, 5],
    2,
    () => true,
    async (one) => {
      order.push(one)
      together += 1
      most = Math.max(most, together)
      await new Promise((resolve) => setTimeout(resolve, 1))
      together -= 1
      if (one === 1) throw new Error('down')
    },
  )
  expect(done).toEqual({ done: 5, errors: [new Error('down')], left: 0 })
  expect(order).toEqual([0, 1, 2, 3, 4, 5])
  expect(most).toBe(2)
})

test('begins nothing after time is up, and says how much is left', async () => {
  let left = 2
  const mayBegin = () => left-- > 0
  expect(await sideBySide([0, 1, 2, 3], 1, mayBegin, async () => undefined)).toEqual({ done: 2, errors: [], left: 2 })
  expect(
    await sideBySide(
      [],
      1,
      () => false,
      async () => undefined,
    ),
  ).toEqual({ done: 0, errors: [], left: 0 })
})
