import { joinControls } from '../across-types.ts'
import type { ResourceControl } from '../control.ts'
import { appRunnerControls } from './app-runner.ts'
import { batchControls } from './batch.ts'
import { cloudTrailControls } from './cloudtrail.ts'
import { cloudWatchControls } from './cloudwatch.ts'
import { codeBuildControls } from './codebuild.ts'
import { configControls } from './config-recorder.ts'
import { deliveryControls } from './delivery.ts'
import { ecrControls } from './ecr.ts'
import { ecsControls } from './ecs.ts'
import { ecsHealthControls } from './ecs-health.ts'
import { eksControls } from './eks.ts'
import { elasticBeanstalkControls } from './elastic-beanstalk.ts'
import { governanceControls } from './governance.ts'
import { hipaaEligibleControls } from './hipaa-eligible.ts'
import { imageBuilderControls } from './image-builder.ts'
import { logGroupControls } from './log-groups.ts'
import { platformJoins } from './platform-joins.ts'
import { systemsManagerControls } from './systems-manager.ts'
import { threatDetectionControls } from './threat-detection.ts'

/** Controls on what records, watches, runs and delivers: audit, detection, containers, builds, operations. */
export const platformControls: readonly ResourceControl[] = joinControls(
  [
    ...cloudTrailControls,
    ...logGroupControls,
    ...cloudWatchControls,
    ...configControls,
    ...threatDetectionControls,
    ...ecsControls,
    ...ecsHealthControls,
    ...ecrControls,
    ...eksControls,
    ...batchControls,
    ...appRunnerControls,
    ...elasticBeanstalkControls,
    ...codeBuildControls,
    ...deliveryControls,
    ...governanceControls,
    ...systemsManagerControls,
    ...imageBuilderControls,
    ...hipaaEligibleControls,
  ],
  platformJoins,
)
