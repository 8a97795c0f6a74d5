import { expect, test } from 'vitest'
import { matchesFilter } from './matches-filter.ts'

const event = { eventName: 'DeleteDetector', count: 3, userIdentity: { type: 'Root' }, gone: null }

test.each([
  ['{ $.eventName = "DeleteDetector" }', true],
  ['{ $.eventName = "Delete*" }', true],
  ['{ $.eventName = "*Filter" }', false],
  ['{ $.eventName != "DeleteDetector" }', false],
  ['{ $.userIdentity.type = Root && $.count >= 3 }', true],
  ['{ ($.eventName = "Other") || ($.count < 3) }', false],
  ['{ $.eventName = "Other" && $.count = 3 || $.userIdentity.type = "Root" }', true],
  ['{ $.eventName = "Other" && ($.count = 3 || $.userIdentity.type = "Root") }', false],
  ['{ $.userIdentity.invokedBy NOT EXISTS }', true],
  ['{ $.userIdentity.type EXISTS }', true],
  ['{ $.gone IS NULL }', true],
])('%s: %s', (pattern, verdict) => {
  expect(matchesFilter(pattern, event)).toBe(verdict)
})

test.each(['eventName', '{ ($.a = "b" }', '{ $.a ~ "b" }', '{ $.a = "b") }'])('refuses %s', (pattern) => {
  expect(() => matchesFilter(pattern, event)).toThrow()
})
