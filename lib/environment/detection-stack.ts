import type { Construct } from 'constructs'
import { accessAnalyzers } from './detection/access-analyzers.ts'
import { alertFunction } from './detection/alert-function.ts'
import { alertsTopic } from './detection/alerts-topic.ts'
import { configRecorder } from './detection/config-recorder.ts'
import { configRules } from './detection/config-rules.ts'
import { findingRoutes } from './detection/finding-routes.ts'
import { guardDuty } from './detection/guard-duty.ts'
import { macie } from './detection/macie.ts'
import { pathAlarms } from './detection/path-alarms.ts'
import { RepeatsTable } from './detection/repeats-table.ts'
import { securityHub } from './detection/security-hub.ts'
import { tamperingAlarms } from './detection/tampering-alarms.ts'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** What detection needs. */
export interface DetectionStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
}

/**
 * The detective controls, the way their findings take to people, and the alarms on both. Services that the account already has are adopted:
 * the stack then makes none, and reads the findings of the one that is there.
 */
export class DetectionStack extends SafeHarborStack {
  constructor(scope: Construct, { config, keys, network }: DetectionStackProps) {
    super(scope, {
      config,
      what: 'detection',
      description: 'detective controls, and how their findings reach people.',
    })
    this.makeDetectors()
    const alert = alertFunction(this, { config, keys, network })
    const table = new RepeatsTable(this, 'Repeats', { config, keyArn: keys.notifications })
    const topic = alertsTopic(this, { config, keyArn: keys.notifications, teller: alert.role })
    // The function knows both by name; what it runs into should be there first.
    alert.function.node.addDependency(table, topic)
    findingRoutes(this, config, alert)
    pathAlarms(this, config, alert)
    tamperingAlarms(this, config)
  }

  private makeDetectors(): void {
    const { config } = this
    const { adopted } = config
    const recorder = adopted.includes('config') ? undefined : configRecorder(this, config)
    const needRecorder = configRules(this, config)
    if (!adopted.includes('security-hub')) needRecorder.push(securityHub(this, config))
    if (recorder !== undefined) for (const resource of needRecorder) resource.addResourceDependency(recorder)
    if (!adopted.includes('guardduty')) guardDuty(this)
    if (!adopted.includes('macie')) macie(this)
    if (!adopted.includes('access-analyzer')) accessAnalyzers(this, config)
  }
}
