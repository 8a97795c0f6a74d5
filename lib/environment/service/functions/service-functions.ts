import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { serviceConcurrency } from '../../../config/service-concurrency.ts'
import type { FunctionNetwork } from '../../constructs/function-network.ts'
import { LeastFunction } from '../../constructs/least-function.ts'
import type { KeyArns } from '../../keys-stack.ts'
import { permissionsOf, type ServiceFunctionName } from './permissions.ts'
import { variablesOf } from './variables.ts'

/** What the functions need. */
export interface ServiceFunctionsProps {
  readonly config: EnvironmentConfig
  readonly keys: KeyArns
  readonly network: FunctionNetwork
  /** ARN of the stream of the routing table. */
  readonly routingStreamArn: string
}

interface FunctionShape {
  readonly entry: string
  readonly description: string
  readonly concurrency: number
  readonly timeout: Duration
  /** Megabytes; a whole processor comes with 1,769 (AWS Lambda Developer Guide, "Configure Lambda function memory"). */
  readonly memory: number
}

// API Gateway waits 20 seconds for an answer; a function that is still at work then works for nobody.
const answering = { timeout: Duration.seconds(15), memory: 1024 } as const

const shapes = {
  intake: {
    ...answering,
    entry: 'lambda/service/intake/handler.ts',
    description: 'takes calls and messages, seals them and routes them; reads no record.',
    concurrency: serviceConcurrency.intake,
  },
  provider: {
    ...answering,
    entry: 'lambda/service/provider/handler.ts',
    description: 'answers providers with the credentials of their own session.',
    concurrency: serviceConcurrency.provider,
  },
  patient: {
    ...answering,
    entry: 'lambda/service/patient/handler.ts',
    description: 'answers patients with the credentials of their own session.',
    concurrency: serviceConcurrency.patient,
  },
  escalation: {
    entry: 'lambda/service/escalation/handler.ts',
    description: 'notifies providers of calls until somebody acknowledges; knows no health information.',
    concurrency: serviceConcurrency.escalation,
    // The next sweep comes a minute later and takes on what this one left.
    timeout: Duration.seconds(55),
    memory: 512,
  },
  'ledger-checkpoint': {
    entry: 'lambda/ledger/checkpoint/handler.ts',
    description: 'puts the head of each chain of the access ledger into the locked archive.',
    concurrency: 1,
    timeout: Duration.minutes(5),
    memory: 512,
  },
  'ledger-reconcile': {
    entry: 'lambda/ledger/reconcile/handler.ts',
    description: 'compares the reads that the audit trail knows with the access ledger, once a day.',
    concurrency: 1,
    timeout: Duration.minutes(15),
    memory: 512,
  },
} as const satisfies Record<ServiceFunctionName, FunctionShape>

const names = Object.keys(shapes) as ServiceFunctionName[]

/** The functions of the service and of its access ledger, each under a role of its own. */
export class ServiceFunctions extends Construct {
  readonly byName: Readonly<Record<ServiceFunctionName, LeastFunction>>

  constructor(scope: Construct, id: string, { config, keys, network, routingStreamArn }: ServiceFunctionsProps) {
    super(scope, id)
    const made = names.map((what) => {
      const fn = new LeastFunction(this, what, {
        ...shapes[what],
        config,
        what,
        environment: variablesOf[what](config, keys),
        permissions: permissionsOf[what]({ config, keys, routingStreamArn }),
        network,
        auditKeyArn: keys.audit,
        queueKeyArn: keys.notifications,
      })
      return [what, fn] as const
    })
    this.byName = Object.fromEntries(made) as Record<ServiceFunctionName, LeastFunction>
  }
}
