import type { Expectation } from '../expectations.ts'
import type { When } from '../property-control.ts'

const isEmpty: Expectation = (value) => value === '' || value === null

/** A row applies only where a property is not given. */
export const whenAbsent = (path: string): When => ({ path, expect: isEmpty, absent: 'applies' })
