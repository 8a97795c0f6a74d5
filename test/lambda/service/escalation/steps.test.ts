import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escalation } from '../../../../lambda/service/api/schemas.ts'
import { dueStep, escalationSteps, type Step } from '../../../../lambda/service/escalation/steps.ts'
import { defaultPlan } from '../../../../lambda/service/schedule/schedule.ts'

const minute = 60_000
const inWords = (step: Step): string =>
  [step.at / minute, step.to, ...(step.to === 'operators' ? [] : [step.channel, step.place])].join(' ')

describe('The steps of a call', () => {
  test('are those of the plan that every practice begins with', () => {
    expect(escalationSteps(defaultPlan, 0).map(inWords)).toEqual([
      '0 on-call text 0',
      '2 on-call text 0',
      '4 on-call text 0',
      '6 on-call text 0',
      '8 on-call text 0',
      '10 on-call text 0',
      '10 on-call voice 0',
      '15 backup text 0',
      '17 backup voice 0',
      '19 backup text 1',
      '20 operators',
    ])
  })

  test('are numbered and in order, begin at once and end with the operators, for every plan a schema accepts', () => {
    const whole = (min: number, max: number) => fc.integer({ min, max })
    const plans = fc.record({
      repeatMinutes: whole(1, 30),
      repeats: whole(0, 10),
      voiceMinutes: whole(1, 60),
      backupMinutes: whole(1, 120),
      unansweredMinutes: whole(2, 240),
    })
    fc.assert(
      fc.property(plans, (plan) => {
        const steps = escalationSteps(escalation.parse(plan), 0)
        expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index))
        expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).sort((one, other) => one - other))
        expect(steps[0]).toMatchObject({ at: 0, to: 'on-call', channel: 'text' })
        expect(steps.filter(({ to }) => to === 'operators')).toEqual([steps.at(-1)])
        expect(steps.at(-1)?.at).toBe(plan.unansweredMinutes * minute)
        expect(steps.map(inWords).join()).toMatch(/on-call voice/)
        expect(steps.map(inWords).join()).toMatch(/backup text/)
        expect(steps.length).toBeLessThan(30)
      }),
    )
  })
})

describe('The step to take', () => {
  const steps = escalationSteps(defaultPlan, 0)
  const numberAt = (done: number, minutes: number) => dueStep(steps, done, minutes * minute)?.number

  test('is the next one when it is due', () => {
    expect(numberAt(0, 0)).toBe(0)
    expect(numberAt(1, 1.9)).toBeUndefined()
    expect(numberAt(1, 2)).toBe(1)
  })

  test('is, after a stoppage, the last of those that say the same to the same person', () => {
    expect(numberAt(1, 8)).toBe(4)
    expect([numberAt(1, 30), numberAt(6, 30), numberAt(7, 30), numberAt(8, 30), numberAt(9, 30), numberAt(10, 30)]).toEqual([
      5, 6, 7, 8, 9, 10,
    ])
  })
})
