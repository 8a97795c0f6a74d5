import { scheduleItems } from '../../lambda/service/schedule/stored-schedule.ts'
import type { Items, Write } from '../../lambda/shared/items/items.ts'
import { type SeededPractice, seededPractices } from './seeded.ts'

/** Gives a new folder its practices with their schedules. A folder that has them is left as it is, whatever people have changed in it since. */
export async function seed(items: Items): Promise<void> {
  for (const practice of seededPractices) await items.write(scheduleOf(practice))
}

// The rotation stands for the whole: either all of a practice is new, or nothing is written.
const scheduleOf = ({ practice, rotation, plan, contacts }: SeededPractice): readonly Write[] => [
  { put: scheduleItems.rotation(practice, rotation), onlyIf: 'absent' },
  { put: scheduleItems.escalation(practice, plan) },
  ...Object.entries(contacts).map(([provider, number]) => ({ put: scheduleItems.contact(practice, provider, number) })),
]
