import { readEnvironmentVariables } from '../../shared/environment-variables.ts'
import { dynamoRepeats, snsOutbox } from './adapters.ts'
import { type Outcome, tell } from './domain.ts'
import { alertEnvironment } from './env.ts'

const { environment, topicArn, repeatsTable, runbook } = alertEnvironment
const variables = readEnvironmentVariables([environment, topicArn, repeatsTable, runbook])
const telling = {
  environment: variables[environment],
  runbook: variables[runbook],
  outbox: snsOutbox(variables[topicArn]),
  repeats: dynamoRepeats(variables[repeatsTable]),
  now: () => Math.floor(Date.now() / 1000),
}

/** Tells of one event of EventBridge. Lambda invokes it asynchronously: an error means that the event is tried again. */
export const handler = (event: unknown): Promise<Outcome> => tell(event, telling)
