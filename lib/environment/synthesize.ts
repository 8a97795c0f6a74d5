import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { App, type AppProps, Validations } from 'aws-cdk-lib'
import type { EnvironmentConfig } from '../config/schema.ts'
import { type Facts, factsFile } from '../gate/assembly/facts.ts'
import { buildEnvironment } from './index.ts'
import { acknowledge } from './judgement/acceptance.ts'
import { acceptedFindings } from './judgement/accepted-findings.ts'
import { factsOf } from './judgement/facts-of.ts'
import { HipaaPack } from './judgement/hipaa-pack.ts'

/** A synthesized environment. */
export interface Synthesized {
  readonly app: App
  /** Folder of the cloud assembly. */
  readonly directory: string
  readonly facts: Facts
}

/**
 * A CDK app for `synthesize`. It does not synthesize by itself when the process ends, so that a refused configuration writes nothing.
 *
 * @param props of the CDK app; the output folder and the context come from the CDK command line when it is the caller
 */
export const openApp = (props: AppProps = {}): App => new App({ analyticsReporting: false, autoSynth: false, ...props })

/**
 * Synthesizes an environment with the HIPAA pack over every stack, and writes the facts file into the cloud assembly.
 * @throws Error of the library when the pack finds something that is not accepted, unless the app's context says mode `process`;
 *   the assembly, its validation report and the facts are complete all the same
 */
export function synthesize(app: App, config: EnvironmentConfig): Synthesized {
  buildEnvironment(app, config)
  acknowledge(app, acceptedFindings)
  const pack = new HipaaPack(app, { writeSuppressionsToCloudFormation: true })
  Validations.of(app).addPlugins(pack)
  const { directory } = app.synth()
  const facts = factsOf(app, config, pack)
  writeFileSync(join(directory, factsFile), `${JSON.stringify(facts, undefined, 2)}\n`)
  return { app, directory, facts }
}
