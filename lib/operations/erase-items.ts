import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { dynamoItems } from '../../lambda/shared/items/dynamo-items.ts'
import type { Items } from '../../lambda/shared/items/items.ts'
import { nameOf } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'

/**
 * The tables of an environment with the credentials of whoever runs the command. They need `dynamodb:Query` and `dynamodb:DeleteItem` on `wrapped-keys`, and
 * `kms:Decrypt` on the storage key through DynamoDB; nothing else.
 */
export const itemsOfEnvironment = (config: EnvironmentConfig): Items =>
  dynamoItems(
    {
      records: nameOf(config, 'records'),
      'wrapped-keys': nameOf(config, 'wrapped-keys'),
      ledger: nameOf(config, 'ledger'),
      routing: nameOf(config, 'routing'),
    },
    new DynamoDBClient({ region: config.regions.primary, maxAttempts: 5 }),
  )
