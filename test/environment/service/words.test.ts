import { expect, test } from 'vitest'
import { problemResponse } from '../../../lambda/shared/http/problem.ts'
import { readBudgetExceededEvent } from '../../../lambda/shared/ledger/read-budget.ts'
import { loadEnvironment, parseEnvironment } from '../../../lib/config/load-environment.ts'
import { phases } from '../../../lib/config/phases.ts'
import { rulesFor } from '../../../lib/environment/service/firewall/rules.ts'
import { problemText, refused } from '../../../lib/environment/service/refused.ts'

test.each(Object.values(refused))('the gateway and the firewall say of $problem what the functions say', (why) => {
  const said = problemResponse(why.problem, 'id')
  expect(JSON.parse(problemText(why, { requestId: 'id' }))).toEqual(said.body)
  expect(why.status).toBe(said.status)
})

test('the event that rings for a spent read budget is the one the ledger logs', () => {
  expect(readBudgetExceededEvent).toBe('read-budget-exceeded')
})

const sandbox = loadEnvironment('sandbox')
const rulesIn = (phase: (typeof phases)[number]) =>
  rulesFor(parseEnvironment({ ...sandbox, phase, pilotPractices: sandbox.practices.map(({ id }) => id) }, 'sandbox'), ['arn:v4', 'arn:v6'])

test.each(phases)('in phase %s the firewall closes what the phase keeps closed, right after the offline rule', (phase) => {
  const [offline, second] = rulesIn(phase)
  expect(offline?.name).toBe('offline')
  expect(second?.name === `phase-${phase}`).toBe(!['pilot', 'open'].includes(phase))
  expect(JSON.stringify(second?.statement).includes('"GET"')).toBe(phase === 'read-only')
  expect(rulesIn(phase).map(({ priority }) => priority)).toEqual(rulesIn(phase).map((_, index) => index))
})
