import { statementsOf } from '../../access/statement.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { inTransit } from './safeguards.ts'
import { refusesPlainText } from './transport.ts'

interface MessageStore {
  readonly id: string
  readonly noun: string
  readonly type: string
  readonly policyTypes: readonly string[]
  /** Where a policy names what it belongs to. */
  readonly path: string
  /** Prefix of its actions. */
  readonly service: string
}

/** What the policies of a queue or topic say of requests without TLS. */
function judgeTls(resource: Resource, deployment: Deployment, { policyTypes, path, service }: MessageStore): Outcome {
  const found = policyTypes.map((type) => deployment.referring(resource, type, path))
  const read = found.flatMap(({ certain }) => certain).map((policy) => ({ policy, ...statementsOf(policy.get('PolicyDocument')) }))
  const demanding = read.find(({ statements }) => statements.some((statement) => denies(statement, service)))
  if (demanding !== undefined) return pass('policy', demanding.policy.logicalId)
  const unknown = read.flatMap((one) => one.unknown)[0]
  if (unknown !== undefined) return undecided('policy', unknown)
  const possible = found.flatMap((one) => one.possible)[0]
  return possible === undefined ? fail('policy', undefined) : undecided('policy', `${possible.logicalId} may be its policy`)
}

/** Senders and receivers are refused: all actions, or those that carry messages ("Enforcing encryption of data in transit", SQS and SNS Developer Guides). */
function denies(statement: Parameters<typeof refusesPlainText>[0], service: string): boolean {
  if (refusesPlainText(statement, service)) return true
  const { actions } = statement
  const carries = service === 'sqs' ? 'sendmessage' : 'publish'
  const widened = {
    ...statement,
    actions: {
      ...actions,
      words: actions.words.some((word) => word.toLowerCase() === `${service}:${carries}`) ? [`${service}:*`] : actions.words,
    },
  }
  return refusesPlainText(widened, service)
}

const policy = (store: MessageStore): ExampleResources => {
  const [name, place] = store.path.startsWith('Queues') ? ['Queues', 'Queues'] : ['Topics', 'Topics']
  const Statement = [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: `${store.service}:${store.service === 'sqs' ? '*' : 'Publish'}`,
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]
  return {
    Store: { Type: store.type },
    [`${name}Policy`]: {
      Type: store.policyTypes[0] ?? '',
      Properties: { [place]: [{ Ref: 'Store' }], PolicyDocument: { Version: '2012-10-17', Statement } },
    },
  }
}

/** A control that a queue or topic refuses requests without TLS. */
export const tlsOnly = (store: MessageStore): ResourceControl => ({
  ...inTransit,
  severity: 'medium',
  id: store.id,
  title: `${store.noun} refuse requests without TLS`,
  why: 'The service answers plain HTTP too: one client with a wrong address sends messages over the network in clear, and nobody notices.',
  remedy: 'Deny the actions of the service to everybody in its policy where aws:SecureTransport is false.',
  types: [store.type],
  judge: (resource, deployment) => judgeTls(resource, deployment, store),
  passing: policy(store),
  failing: { Store: { Type: store.type } },
})
