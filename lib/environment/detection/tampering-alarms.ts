import { Duration } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { TrailAlarm } from '../constructs/trail-alarm.ts'
import { filterPattern, tamperings } from './tampering.ts'

/** An alarm for each way to switch a detective control off, on what the trail writes to CloudWatch Logs. */
export function tamperingAlarms(scope: Construct, config: EnvironmentConfig): void {
  for (const tampering of tamperings(config)) {
    const { what, meaning } = tampering
    const alarm = new TrailAlarm(scope, { config, what, meaning, pattern: filterPattern(tampering), period: Duration.minutes(1) })
    alarm.node.addDependency(alarm.filter)
  }
}
