import { expect, test } from 'vitest'
import { allControls } from '../../../lib/gate/checks/all-controls.ts'
import { neverAcceptable } from '../../../lib/gate/waivers/never-acceptable.ts'
import { waiverControls } from '../../../lib/gate/waivers/texts.ts'

test('Every control that can never be accepted is a control of the gate', () => {
  const ids = new Set([...allControls, ...waiverControls].map(({ id }) => id))
  expect([...neverAcceptable.keys()].filter((id) => !ids.has(id))).toEqual([])
})

test('What holds patient data is never among what can be accepted', () => {
  const sensitive = ['patient-data', 'access-ledger', 'audit-trail']
  expect([...neverAcceptable].filter(([, { unless = [] }]) => unless.some((dataClass) => sensitive.includes(dataClass)))).toEqual([])
})
