import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import { nameOf } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'

/** How a rule or the whole list is counted; samples of requests are not kept, as whoever may look at metrics would see them. */
export const counted = (config: Pick<EnvironmentConfig, 'name'>, what: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName: nameOf(config, what),
  sampledRequestsEnabled: false,
})
