import { nameOf } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'

/** ARN of the topic that alerts and alarms go to, by computed name: alarms stand in stacks that know nothing of the detection stack. */
export const alertsTopicArn = (config: EnvironmentConfig): string =>
  `arn:aws:sns:${config.regions.primary}:${config.accounts.workload}:${nameOf(config, 'alerts')}`
