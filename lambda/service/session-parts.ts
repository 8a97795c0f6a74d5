import { readEnvironmentVariables } from '../shared/environment-variables.ts'
import { dynamoItems } from '../shared/items/dynamo-items.ts'
import { sessionEnvironment, sessionVariables, tablesFrom } from '../shared/session/env.ts'
import type { Person } from '../shared/session/session.ts'
import { stsSessions } from '../shared/session/sts-sessions.ts'
import { dataKeyCache } from '../shared/vault/data-key-cache.ts'
import { servedFrom, servedVariables } from './env.ts'

/**
 * What a function for signed-in people is made of in AWS: their sessions, the routing table by the function's own role, a cache of data keys, and what is served.
 * @throws Error that names every missing environment variable
 */
export function sessionParts(role: Person['role']) {
  const { roleArn, vaultKeyArn, recoveryKeyArn, routing } = sessionEnvironment
  const variables = readEnvironmentVariables([...sessionVariables, ...servedVariables])
  return {
    sessions: stsSessions({
      role,
      roleArn: variables[roleArn],
      tables: tablesFrom(variables),
      vaultKeyArn: variables[vaultKeyArn],
      recoveryKeyArn: variables[recoveryKeyArn],
    }),
    standing: dynamoItems({ routing: variables[routing] }),
    cache: dataKeyCache(),
    served: servedFrom(variables),
    now: Date.now,
  }
}
