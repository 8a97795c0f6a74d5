import { expect, test } from 'vitest'
import { readEnvironmentVariables } from '../../../lambda/shared/environment-variables.ts'

test('gives the variables that were asked for, and no other', () => {
  expect(readEnvironmentVariables(['TABLE'], { TABLE: 'records', OTHER: 'x' })).toEqual({ TABLE: 'records' })
})

test('names every variable that is missing or empty', () => {
  expect(() => readEnvironmentVariables(['TABLE', 'TOPIC', 'KEY'], { TOPIC: 'alerts', KEY: '' })).toThrow(
    'Missing environment variables: TABLE, KEY. The stack of this function sets them.',
  )
})
