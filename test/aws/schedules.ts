import { expect } from 'vitest'
import { seededPractices } from '../../lib/local-service/seeded.ts'
import type { PersonName, Stage } from '../story/stage.ts'

const numbers = { rivera: '+12025550143', lindgren: '+12025550119', okafor: '+12025550177' } as const

/** Has the providers write what a new practice begins with: the schedule of the story, the plan of escalation, and a number each. */
export async function scheduleThroughApi(stage: Stage): Promise<void> {
  const { northside, lakeview } = stage.practices
  for (const [name, practice] of [
    ['rivera', northside],
    ['lindgren', lakeview],
  ] as const) {
    const provider = await stage.signIn(name, practice)
    const seeded = seededPractices.find((one) => one.practice === practice)
    const rotation = { ...seeded?.rotation, providers: [stage.person(name)], backup: [stage.person('okafor')] }
    expect(await provider.put('/schedule', rotation)).toMatchObject({ status: 200 })
    expect(await provider.put('/escalation', seeded?.plan ?? {})).toMatchObject({ status: 200 })
  }
  const own: [keyof typeof numbers & PersonName, string][] = [
    ['rivera', northside],
    ['lindgren', lakeview],
    ['okafor', northside],
    ['okafor', lakeview],
  ]
  for (const [name, practice] of own) {
    const provider = await stage.signIn(name, practice)
    expect(await provider.put('/contact', { number: numbers[name] })).toMatchObject({ status: 200 })
  }
}
