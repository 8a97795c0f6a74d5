import * as z from 'zod/mini'
import { readEnvironmentVariables } from '../../shared/environment-variables.ts'
import { dynamoItems } from '../../shared/items/dynamo-items.ts'
import { identifier } from '../api/schemas.ts'
import { messagingNotifier } from './adapters.ts'
import { escalationEnvironment } from './env.ts'
import type { Escalating } from './escalating.ts'
import { answerInvocation, type BatchAnswer } from './invocation.ts'

const { practices, routingTable, originationIdentity, configurationSet } = escalationEnvironment
const variables = readEnvironmentVariables([practices, routingTable, originationIdentity, configurationSet])
const escalating: Escalating = {
  items: dynamoItems({ routing: variables[routingTable] }),
  notifier: messagingNotifier({ originationIdentity: variables[originationIdentity], configurationSet: variables[configurationSet] }),
  practices: z.array(identifier).parse(JSON.parse(variables[practices])),
  now: Date.now,
}

/** Escalates calls: those of a batch of the table's stream, or all that are due. */
export const handler = (event: unknown): Promise<BatchAnswer> => answerInvocation(event, escalating)
