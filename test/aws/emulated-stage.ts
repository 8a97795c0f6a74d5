import { CognitoIdentityProviderClient, DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { WAFV2Client } from '@aws-sdk/client-wafv2'
import { sweepEvent } from '../../lambda/service/escalation/env.ts'
import { dynamoItems } from '../../lambda/shared/items/dynamo-items.ts'
import { nameOf } from '../../lib/config/names.ts'
import { practices } from '../../lib/local-service/seeded.ts'
import { switchService } from '../../lib/operations/offline.ts'
import { switchesIn } from '../../lib/operations/offline-switches.ts'
import { caller } from '../local-service/caller.ts'
import type { PersonName, SignedIn, Stage } from '../story/stage.ts'
import type { Deployed } from './deploy.ts'
import { config, type EmulatedEnvironment } from './environment.ts'
import { growOlder } from './grow-older.ts'
import { invoke } from './invoke.ts'
import { lineToken } from './line-token.ts'
import { type Enrolled, enrol, type PoolWithApp, signIn } from './people.ts'

const { northside, lakeview } = practices
const patient = 'n5t8c2wq7r4fy0kd'

/** The stage of the story in the emulator: the deployed API, with people made as an administrator makes them. */
export interface EmulatedStage extends Stage {
  readonly people: Readonly<Record<Exclude<PersonName, 'line'>, Enrolled>>
  readonly cognito: CognitoIdentityProviderClient
}

/** Makes the people of the story. */
export async function emulatedStage({ client, deployed, emulator, sink }: EmulatedEnvironment): Promise<EmulatedStage> {
  const cognito = new CognitoIdentityProviderClient(client)
  const lambda = new LambdaClient(client)
  const items = dynamoItems({ routing: nameOf(config, 'routing') }, new DynamoDBClient(client))
  const switches = switchesIn(lambda, new WAFV2Client(client))
  const people = await enrolled(cognito, deployed)
  const url = () => `${emulator.endpoint}/restapis/${nameIn(deployed, 'AWS::ApiGateway::RestApi')}/${config.name}/_user_request_`
  const tokens = new Map<string, Promise<string>>()
  const tokenOf = (name: PersonName, practice?: string): Promise<string> => {
    const held =
      tokens.get(`${name} ${practice}`) ??
      (name === 'line' ? machineToken(cognito, deployed, emulator.endpoint) : signIn(cognito, people[name], practice))
    tokens.set(`${name} ${practice}`, held)
    return held
  }
  return {
    practices,
    people,
    cognito,
    patient,
    person: (name) => (name === 'line' ? nameIn(deployed, 'AWS::Cognito::UserPoolClient', 'line') : people[name].id),
    caller: (token) => caller(url, token),
    signIn: async (name, practice): Promise<SignedIn> => {
      const token = await tokenOf(name, practice)
      return { ...caller(url, token), token }
    },
    now: Date.now,
    later: async (minutes) => {
      if (minutes > 0) for (const { id } of config.practices) await growOlder(items, id, minutes)
      await invoke(lambda, nameOf(config, 'escalation'), sweepEvent)
    },
    sent: () =>
      sink.sent.map(({ operation, number, words }) => `${operation === 'SendTextMessage' ? 'text' : 'voice'} to ${number}: ${words}`),
    switch: async (to) => {
      const switched = await switchService(config, to, switches, () => {})
      for (const { error } of switched) if (error !== undefined) throw error
    },
    // API Gateway makes an integration failure of a function that may not run, and says it in plain words; the emulator hands on what Lambda says.
    closed: { status: 429 },
  }
}

async function enrolled(cognito: CognitoIdentityProviderClient, deployed: readonly Deployed[]): Promise<EmulatedStage['people']> {
  const providers = poolIn(deployed, 'providers')
  const provider = (name: string, own: string, practice?: string) => enrol(cognito, providers, name, { 'custom:practices': own }, practice)
  const [rivera, lindgren, okafor, avery] = await Promise.all([
    provider('p-rivera', northside),
    provider('p-lindgren', lakeview),
    provider('p-okafor', `${northside} ${lakeview}`, northside),
    enrol(cognito, poolIn(deployed, 'patients'), 'p-avery', { 'custom:practice': northside, 'custom:patient': patient }),
  ])
  return { rivera, lindgren, okafor, avery }
}

async function machineToken(cognito: CognitoIdentityProviderClient, deployed: readonly Deployed[], endpoint: string): Promise<string> {
  const { poolId, clientId } = poolIn(deployed, 'line')
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }))
  return lineToken(endpoint, clientId, UserPoolClient?.ClientSecret ?? '')
}

const poolIn = (deployed: readonly Deployed[], what: string): PoolWithApp => ({
  poolId: nameIn(deployed, 'AWS::Cognito::UserPool', what),
  clientId: nameIn(deployed, 'AWS::Cognito::UserPoolClient', what),
})

// Pools and apps are named after what they are for.
function nameIn(deployed: readonly Deployed[], type: string, what?: string): string {
  const named = (properties: Deployed['properties']): unknown => properties['UserPoolName'] ?? properties['ClientName']
  const found = deployed.find((one) => one.type === type && (what === undefined || named(one.properties) === nameOf(config, what)))
  if (found === undefined) throw new Error(`No ${type} ${what ?? ''} was deployed.`)
  return found.name
}
