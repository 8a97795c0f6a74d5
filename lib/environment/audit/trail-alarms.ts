import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { TrailAlarm } from '../constructs/trail-alarm.ts'
import { watchedEvents } from './watched-events.ts'

/** An alarm for each kind of watched event of the trail. */
export class TrailAlarms extends Construct {
  constructor(scope: Construct, id: string, config: EnvironmentConfig) {
    super(scope, id)
    for (const [what, { meaning, pattern, threshold }] of Object.entries(watchedEvents(config)))
      new TrailAlarm(this, { config, what, meaning, pattern: `{ ${pattern} }`, threshold, period: Duration.minutes(5) })
  }
}
