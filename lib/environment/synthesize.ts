import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { App, type AppProps, Validations } from 'aws-cdk-lib'
import type { EnvironmentConfig } from '../config/schema.ts'
import { waiversFileOf } from '../config/waivers-file.ts'
import { factsFile } from '../gate/assembly/facts.ts'
import { SafeHarborChecks } from '../plugin/safe-harbor-checks.ts'
import { buildEnvironment } from './index.ts'
import { acknowledge } from './judgement/acceptance.ts'
import { acceptedFindings } from './judgement/accepted-findings.ts'
import { factsOf, storesOf } from './judgement/facts-of.ts'
import { HipaaPack } from './judgement/hipaa-pack.ts'

/**
 * A CDK app for `synthesize`. It does not synthesize by itself when the process ends, so that a refused configuration writes nothing.
 *
 * @param props of the CDK app; the output folder and the context come from the CDK command line when it is the caller
 */
export const openApp = (props: AppProps = {}): App => new App({ analyticsReporting: false, autoSynth: false, ...props })

/**
 * Synthesizes an environment with the HIPAA pack and the gate's own controls over every stack, and writes the facts file into the cloud assembly.
 * @throws Error named ValidationFailed when they find something that is not accepted; assembly, validation report and facts are complete
 *   all the same. Under the CDK command line the library sets the exit code instead, and the command line reports.
 */
export function synthesize(app: App, config: EnvironmentConfig): void {
  buildEnvironment(app, config)
  acknowledge(app, acceptedFindings)
  const pack = new HipaaPack(app, { writeSuppressionsToCloudFormation: true })
  const waivers = waiversFileOf(config.name)
  Validations.of(app).addPlugins(
    pack,
    new SafeHarborChecks({ dataMap: { stores: storesOf(app) }, ...(waivers !== undefined && { waivers }) }),
  )
  try {
    app.synth()
  } finally {
    // The facts are written even when the library throws for a finding, so that the gate can say which.
    writeFileSync(join(app.outdir, factsFile), `${JSON.stringify(factsOf(app, config, pack), undefined, 2)}\n`)
  }
}
