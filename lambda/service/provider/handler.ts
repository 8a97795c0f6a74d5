import { readEnvironmentVariables } from '../../shared/environment-variables.ts'
import { behindApiGateway } from '../../shared/http/api-gateway.ts'
import { dynamoItems } from '../../shared/items/dynamo-items.ts'
import { defaultReadLimits } from '../../shared/ledger/read-budget.ts'
import { sessionEnvironment, sessionVariables, tablesFrom } from '../../shared/session/env.ts'
import { stsSessions } from '../../shared/session/sts-sessions.ts'
import { dataKeyCache } from '../../shared/vault/data-key-cache.ts'
import { servedFrom, servedVariables } from '../env.ts'
import { provider } from './domain.ts'

const { roleArn, vaultKeyArn, recoveryKeyArn, routing } = sessionEnvironment
const variables = readEnvironmentVariables([...sessionVariables, ...servedVariables])

/** Answers the routes of the provider function behind the API. */
export const handler = behindApiGateway(
  provider({
    sessions: stsSessions({
      role: 'provider',
      roleArn: variables[roleArn],
      tables: tablesFrom(variables),
      vaultKeyArn: variables[vaultKeyArn],
      recoveryKeyArn: variables[recoveryKeyArn],
    }),
    standing: dynamoItems({ routing: variables[routing] }),
    cache: dataKeyCache(),
    served: servedFrom(variables),
    budget: defaultReadLimits,
    now: Date.now,
  }),
)
