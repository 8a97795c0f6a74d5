import { afterEach, expect, test, vi } from 'vitest'
import { errorKind, log } from '../../../lambda/shared/log.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test.each(['info', 'warn', 'error'] as const)('a line goes out as one object at level %s', (level) => {
  const spy = vi.spyOn(console, level).mockImplementation(() => undefined)
  log(level, { event: 'alert-sent', requestId: '1', kind: 'GuardDuty', resource: 'table', count: 0, milliseconds: 3 })
  expect(spy).toHaveBeenCalledExactlyOnceWith({
    event: 'alert-sent',
    requestId: '1',
    kind: 'GuardDuty',
    resource: 'table',
    count: 0,
    milliseconds: 3,
  })
})

test('a field that is not on the list does not reach the log, nor does a value that could hold anything', () => {
  const spy = vi.spyOn(console, 'info').mockImplementation(() => undefined)
  const fields = { event: 'read', patient: 'Jane Doe', kind: { name: 'Jane Doe' }, resource: undefined }
  log('info', fields as never)
  expect(spy).toHaveBeenCalledExactlyOnceWith({ event: 'read' })
})

test('an error is told by its name, never by its message', () => {
  expect(errorKind(new TypeError('Jane Doe'))).toBe('TypeError')
  expect(errorKind('Jane Doe')).toBe('string')
})
