import { describe, expect, test } from 'vitest'
import { servedEnvironment, servedFrom, servedVariables } from '../../../lambda/service/env.ts'
import { requireServed, type Served, servicePhases } from '../../../lambda/service/phase.ts'
import { phases } from '../../../lib/config/phases.ts'

const [pilot, other, foreign] = ['practice1', 'practice2', 'practice9']
const served = (phase: Served['phase']): Served => ({ phase, practices: [pilot, other], pilotPractices: [pilot] })
const outcome = (phase: Served['phase'], practice: string, writes: boolean): string => {
  try {
    requireServed(served(phase), practice, { writes })
    return 'served'
  } catch (error) {
    return (error as { refusal: string }).refusal
  }
}

// Phase: reads and writes of a practice of the pilot, reads and writes of another practice of ours.
test.each([
  ['isolated', 'unavailable', 'unavailable', 'unavailable', 'unavailable'],
  ['evidence', 'unavailable', 'unavailable', 'unavailable', 'unavailable'],
  ['restoring', 'unavailable', 'unavailable', 'unavailable', 'unavailable'],
  ['read-only', 'served', 'unavailable', 'served', 'unavailable'],
  ['pilot', 'served', 'served', 'unavailable', 'unavailable'],
  ['open', 'served', 'served', 'served', 'served'],
] as const)('phase %s opens what it says', (phase, pilotReads, pilotWrites, otherReads, otherWrites) => {
  const outcomes = [outcome(phase, pilot, false), outcome(phase, pilot, true), outcome(phase, other, false), outcome(phase, other, true)]
  expect(outcomes).toEqual([pilotReads, pilotWrites, otherReads, otherWrites])
})

test.each(servicePhases)('in phase %s a practice that is none of ours is not allowed', (phase) => {
  expect([outcome(phase, foreign, false), outcome(phase, foreign, true)]).toEqual(['not-allowed', 'not-allowed'])
})

test('the phases are those of the configuration', () => {
  expect(servicePhases).toEqual(phases)
})

describe('The environment of a function', () => {
  const values = { PHASE: 'pilot', PRACTICES: '["practice1","practice2"]', PILOT_PRACTICES: '["practice1"]' }

  test('says whom it serves', () => {
    expect(servedFrom(values)).toEqual(served('pilot'))
    expect(servedFrom({ ...values, PILOT_PRACTICES: '[]' }).pilotPractices).toEqual([])
    expect(servedVariables).toEqual(Object.keys(values))
    expect(Object.values(servedEnvironment)).toEqual(Object.keys(values))
  })

  test.each([{ PHASE: 'Open' }, { PHASE: '' }, { PRACTICES: 'practice1' }, { PRACTICES: '["Practice 1"]' }, { PILOT_PRACTICES: '{}' }])(
    'with %j is an error, and serves nobody',
    (change) => {
      expect(() => servedFrom({ ...values, ...change })).toThrow()
    },
  )
})
