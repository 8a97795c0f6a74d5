import { Template } from 'aws-cdk-lib/assertions'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { DetectionStack } from '../../../lib/environment/detection-stack.ts'
import { type KeyArns, keyNames } from '../../../lib/environment/keys-stack.ts'
import { NetworkStack } from '../../../lib/environment/network-stack.ts'
import { openApp } from '../../../lib/environment/synthesize.ts'
import { testContext } from '../synthesized.ts'

/** The template of the detection stack alone. */
export function detectionTemplate(config: EnvironmentConfig): Template {
  const app = openApp({ context: testContext })
  const arn = (key: string) => `arn:aws:kms:${config.regions.primary}:${config.accounts.workload}:key/${key}`
  const keys = Object.fromEntries(keyNames.map((key) => [key, arn(key)])) as KeyArns
  return Template.fromStack(new DetectionStack(app, { config, keys, network: new NetworkStack(app, { config }) }))
}
