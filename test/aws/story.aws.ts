import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { dynamoItems } from '../../lambda/shared/items/dynamo-items.ts'
import { tableNames } from '../../lambda/shared/items/items.ts'
import { nameOf } from '../../lib/config/names.ts'
import { behavesAsItems } from '../lambda/shared/items/behaves-as-items.ts'
import { playTheStory } from '../story/story.ts'
import { aftermath } from './aftermath.ts'
import { canaries } from './canaries.ts'
import { type EmulatedStage, emulatedStage } from './emulated-stage.ts'
import { config, type EmulatedEnvironment, startEnvironment } from './environment.ts'
import { reportOf } from './report.ts'
import { scheduleThroughApi } from './schedules.ts'

// The environment as its templates say, in the emulator, for all tests of this file; they build on each other.
let environment: EmulatedEnvironment
let stage: EmulatedStage
let seconds = 0

beforeAll(async () => {
  const started = performance.now()
  environment = await startEnvironment()
  seconds = (performance.now() - started) / 1000
  stage = await emulatedStage(environment)
})
afterAll(async () => {
  if (environment === undefined) return
  await environment.stop()
  console.log(`\n${reportOf(environment, seconds)}\n`)
})

describe('The emulator', () =>
  canaries(
    () => environment,
    () => stage,
  ))

test('Providers write the schedule of their practice, the plan of escalation and their own number', () => scheduleThroughApi(stage))

describe('The story', () => playTheStory(() => stage))

describe('After the story', () =>
  aftermath(
    () => environment,
    () => stage,
  ))

describe('The tables', () => {
  const tables = Object.fromEntries(tableNames.map((table) => [table, nameOf(config, table)]))
  behavesAsItems(() => dynamoItems(tables, new DynamoDBClient(environment.client)))
})
