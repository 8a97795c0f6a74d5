import { Duration } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { bucketName, nameOf } from '../config/names.ts'
import { accessLogPolicy } from './audit/archive-policy.ts'
import { LiveNetworkLogs } from './audit/live-network-logs.ts'
import { QuietAlarms } from './audit/quiet-alarms.ts'
import { Trail } from './audit/trail.ts'
import { TrailAlarms } from './audit/trail-alarms.ts'
import { AccessLogBucket } from './constructs/safe-bucket.ts'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** What the audit trail needs. */
export interface AuditStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
}

/** The audit trail and the live logs of the network, and the alarms that watch them. */
export class AuditStack extends SafeHarborStack {
  constructor(scope: Construct, { config, keys, network }: AuditStackProps) {
    super(scope, {
      config,
      what: 'audit',
      description: 'audit trail, live network logs, and the alarms that watch them.',
    })
    accessLogs(this)
    const trail = new Trail(this, 'Trail', config, keys.audit)
    const { vpcId } = network.functionNetwork.vpc
    const { logGroupNames } = new LiveNetworkLogs(this, 'Network', { config, vpcId, auditKeyArn: keys.audit })

    const alarms = new TrailAlarms(this, 'Watched', config)
    alarms.node.addDependency(trail)
    new QuietAlarms(this, 'Quiet', config, [
      {
        what: 'trail-quiet',
        meaning: 'The audit trail delivered nothing for an hour: it is stopped, or cannot deliver.',
        logGroupName: trail.logGroupName,
        patience: Duration.hours(1),
      },
      {
        what: 'flow-logs-quiet',
        meaning: 'The flow log delivered nothing for an hour: it is deleted, or cannot deliver.',
        logGroupName: logGroupNames.flows,
        patience: Duration.hours(1),
      },
      {
        // Functions ask for names only when they run, so that an idle network may be silent for hours.
        what: 'dns-logs-quiet',
        meaning: 'The DNS query log delivered nothing for a day: it is dissociated, or nothing at all ran in the network.',
        logGroupName: logGroupNames.queries,
        patience: Duration.days(1),
      },
    ])
  }
}

function accessLogs(stack: AuditStack): void {
  const { config } = stack
  const what = 'access-logs'
  const bucket = new AccessLogBucket(stack, 'AccessLogs', {
    config,
    what,
    dataClass: 'audit-trail',
    duty: 'workload',
    expiresAfterDays: config.retention.auditDays,
  })
  const arn = `arn:aws:s3:::${bucketName(config, what, 'workload')}`
  bucket.addToResourcePolicy(accessLogPolicy(arn, config.accounts.workload, nameOf(config, '*')))
}
