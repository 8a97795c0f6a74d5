import type { Construct } from 'constructs'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'
import { serviceAlarms } from './service/alarms.ts'
import { Api } from './service/api/api.ts'
import type { Pools } from './service/api/methods.ts'
import { dueCalls } from './service/due-calls.ts'
import { Firewall } from './service/firewall/firewall.ts'
import { ServiceFunctions } from './service/functions/service-functions.ts'
import { Notifications } from './service/notifications.ts'
import { Schedules } from './service/schedules.ts'

/** What the service needs. */
export interface ServiceStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
  /** ARNs of the user pools. */
  readonly pools: Pools
  /** ARN of the stream of the routing table. */
  readonly routingStreamArn: string
}

/**
 * The on-call line: its functions, whose roles read no record; the API before them, which is the one way in; and the clock that drives escalation and the checks of the
 * access ledger.
 */
export class ServiceStack extends SafeHarborStack {
  constructor(scope: Construct, { config, keys, network, pools, routingStreamArn }: ServiceStackProps) {
    super(scope, {
      config,
      what: 'service',
      description: 'the on-call line: functions, API, firewall, escalation and the checks of the access ledger.',
    })
    const functions = new ServiceFunctions(this, 'Functions', { config, keys, network: network.functionNetwork, routingStreamArn })
    const { byName } = functions
    const api = new Api(this, 'Api', { config, pools, functions: byName, auditKeyArn: keys.audit })
    const firewall = new Firewall(this, 'Firewall', { config, stageArn: api.stageArn, auditKeyArn: keys.audit })
    firewall.association.addResourceDependency(api.stage)
    new Notifications(this, 'Notifications', { config, auditKeyArn: keys.audit })
    dueCalls(this, byName.escalation, routingStreamArn)
    new Schedules(this, 'Schedules', config, byName, keys.notifications)
    serviceAlarms(this, config, functions, api, firewall)
  }
}
