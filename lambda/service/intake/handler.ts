import { readEnvironmentVariables } from '../../shared/environment-variables.ts'
import { behindApiGateway } from '../../shared/http/api-gateway.ts'
import { dynamoItems } from '../../shared/items/dynamo-items.ts'
import { dataKeyCache } from '../../shared/vault/data-key-cache.ts'
import { kmsKeys } from '../../shared/vault/kms-keys.ts'
import { servedFrom, servedVariables } from '../env.ts'
import { intake } from './domain.ts'
import { intakeEnvironment } from './env.ts'

const { records, wrappedKeys, routing, vaultKeyArn, recoveryKeyArn } = intakeEnvironment
const variables = readEnvironmentVariables([...Object.values(intakeEnvironment), ...servedVariables])

/** Answers the routes of the intake function behind the API. */
export const handler = behindApiGateway(
  intake({
    items: dynamoItems({ records: variables[records], 'wrapped-keys': variables[wrappedKeys], routing: variables[routing] }),
    keys: kmsKeys({ vaultKeyArn: variables[vaultKeyArn], recoveryKeyArn: variables[recoveryKeyArn] }),
    cache: dataKeyCache(),
    served: servedFrom(variables),
    now: Date.now,
  }),
)
