import { expect, test } from 'vitest'
import { sessionDeniedEvent } from '../../../lambda/shared/http/answering.ts'
import { exchangeRefusedEvent } from '../../../lambda/shared/session/env.ts'
import { resourcesOf } from '../claims/claim.ts'
import { templateOf } from '../synthesized.ts'

const filters = Object.values(resourcesOf(templateOf('sandbox', 'service'), 'AWS::Logs::MetricFilter')).map(({ Properties }) => Properties)

test.each([
  [sessionDeniedEvent, ['intake', 'patient', 'provider']],
  [exchangeRefusedEvent, ['patient', 'provider']],
])('the event %s is counted, as the functions spell it, in the log of each function that may log it', (event, functions) => {
  const counting = filters.filter((filter) => filter['FilterPattern'] === `{ $.message.event = "${event}" }`)
  expect(counting.map((filter) => filter['LogGroupName']).toSorted()).toEqual(functions.map((name) => `/safe-harbor/sandbox/${name}`))
})
