import { expect, test } from 'vitest'
import { reservedCopies } from '../../lib/prepare/checks/functions.ts'
import { templatesOf } from '../environment/synthesized.ts'

test.each(['sandbox', 'production'] as const)('functions of %s reserve no more copies than the quota check allows for', (environment) => {
  const functions = [...templatesOf(environment).values()].flatMap((template) =>
    Object.values(template.findResources('AWS::Lambda::Function')),
  )
  const reserved = functions.map(
    ({ Properties }) => (Properties as { ReservedConcurrentExecutions?: number }).ReservedConcurrentExecutions ?? 0,
  )
  expect(reserved.reduce((sum, copies) => sum + copies, 0)).toBeLessThanOrEqual(reservedCopies)
})
