import { describe, expect, test } from 'vitest'
import { Cases } from '../../../lib/gate/template/cases.ts'

describe('A computation is run once for every case it depends on', () => {
  test('once, where it asks for nothing', () => {
    expect(new Cases().each(() => 'same')).toEqual({ results: [{ choices: [], result: 'same' }], complete: true })
  })

  test('once for each option, and in each the same variable answers the same', () => {
    const cases = new Cases()
    const { results } = cases.each(() => [cases.choose('Stage', ['dev', 'prod']), cases.choose('Stage', ['dev', 'prod'])])
    expect(results.map(({ result }) => result)).toEqual([
      ['dev', 'dev'],
      ['prod', 'prod'],
    ])
  })

  test('only for what it goes on to ask: an option that ends the question makes no further cases', () => {
    const cases = new Cases()
    const { results } = cases.each(() =>
      cases.choose('Public', ['yes', 'no']) === 'no' ? ['no'] : ['yes', cases.choose('Stage', ['dev', 'prod'])],
    )
    expect(results.map(({ result }) => result)).toEqual([['yes', 'dev'], ['yes', 'prod'], ['no']])
  })

  test('names the choices of each case', () => {
    const cases = new Cases()
    const { results } = cases.each(() => cases.choose('Stage', ['dev', 'prod']))
    expect(results.map(({ choices }) => choices)).toEqual([[{ variable: 'Stage', option: 'dev' }], [{ variable: 'Stage', option: 'prod' }]])
  })

  test('at most so many, and then it says that it is not complete', () => {
    const cases = new Cases(10)
    const { results, complete } = cases.each(() => Array.from({ length: 40 }, (_, place) => cases.choose(`v${place}`, ['a', 'b'])).join(''))
    expect([results.length, complete]).toEqual([10, false])
  })

  test('what is computed aside makes no further cases, and tells whether it asked', () => {
    const cases = new Cases()
    const { results } = cases.each(() => [
      cases.aside(() => cases.choose('Stage', ['dev', 'prod'])),
      cases.aside(() => 'same'),
      cases.choose('Public', ['yes', 'no']),
      cases.aside(() => cases.choose('Public', ['yes', 'no'])),
    ])
    const of = (choice: string) => [
      { result: 'dev', steady: false },
      { result: 'same', steady: true },
      choice,
      { result: choice, steady: false },
    ]
    expect(results.map(({ result }) => result)).toEqual([of('yes'), of('no')])
  })

  test('one computation leaves nothing behind for the next', () => {
    const cases = new Cases(3)
    cases.each(() => cases.choose('Many', ['a', 'b', 'c', 'd']))
    expect(cases.each(() => cases.choose('Few', ['x'])).results).toHaveLength(1)
    expect(cases.chosen('Many')).toBeUndefined()
  })
})
