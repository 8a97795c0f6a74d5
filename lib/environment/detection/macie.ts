import { CfnSession } from 'aws-cdk-lib/aws-macie'
import type { Construct } from 'constructs'

/** Turns Macie on: it says when a bucket is opened, and when health information lies where it should not. */
export const macie = (scope: Construct): CfnSession =>
  new CfnSession(scope, 'Macie', { status: 'ENABLED', findingPublishingFrequency: 'FIFTEEN_MINUTES' })
