import { describe, expect, test } from 'vitest'
import { citations } from '../../../lib/gate/checks/citations.ts'
import { controls } from '../../../lib/gate/checks/controls.ts'
import { judgedTypes, judgeExample } from './judge-example.ts'

describe.each(controls.map((control) => [control.id, control] as const))('%s', (_id, control) => {
  test('passes its passing example and fails its failing one', () => {
    const [good, bad] = [judgeExample(control, control.passing), judgeExample(control, control.failing)]
    expect(good.map(({ status }) => status)).toContain('pass')
    expect(good.filter(({ status }) => status !== 'pass')).toEqual([])
    expect(bad.map(({ status }) => status)).toContain('fail')
  })

  test('fails each type that it judges in its failing example', () => {
    const { judged, failed } = judgedTypes(control, control.failing)
    expect([...judged].filter((type) => !failed.has(type))).toEqual([])
  })

  test('says what it is, in whole sentences, and cites sections that exist', () => {
    expect(control.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/)
    expect(control.title).toMatch(/^[A-Z0-9].*[^.]$/)
    expect(control.why).toMatch(/^[A-Z0-9].*\.$/s)
    expect(control.remedy).toMatch(/^[A-Z0-9].*\.$/s)
    expect(control.citations.filter((citation) => !(citation in citations))).toEqual([])
    expect(control.types === 'every' ? [] : control.types.filter((type) => !/^AWS::\w+::\w+$/.test(type))).toEqual([])
  })
})

test('every control has an id of its own', () => {
  const ids = controls.map(({ id }) => id)
  expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
})
