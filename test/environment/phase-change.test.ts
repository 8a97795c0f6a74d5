import { expect, test } from 'vitest'
import type { Phase } from '../../lib/config/phases.ts'
import { exampleTrial, inPhase } from '../config/example-environments.ts'
import { synthesizedFrom } from './synthesized.ts'

const templatesIn = (phase: Phase) =>
  new Map([...synthesizedFrom(inPhase(exampleTrial, phase))].map(([stack, template]) => [stack, JSON.stringify(template.toJSON())]))

// What a stack takes from another must stand there already: a network that first has to publish something would be forgotten.
test('A change of phase changes the stacks that the README names for it, and no other', () => {
  const before = templatesIn('isolated')
  const changed = [...templatesIn('open')].filter(([stack, template]) => template !== before.get(stack)).map(([stack]) => stack)
  expect(changed.toSorted()).toEqual(['keys', 'people', 'records', 'service'])
})
