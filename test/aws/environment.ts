import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import { practices } from '../../lib/local-service/seeded.ts'
import { exampleTrial } from '../config/example-environments.ts'
import { type AfterDeployment, setAfterDeployment } from './after-deployment.ts'
import { synthesizeEnvironment } from './assembly.ts'
import { type Deployed, deployTo } from './deploy.ts'
import { type ClientSettings, type Emulator, startEmulator } from './emulator.ts'
import { type NotificationSink, startNotificationSink } from './notification-sink.ts'

/** What is deployed: a trial that serves everybody, with the two practices of the story. */
export const config = {
  ...exampleTrial,
  phase: 'open',
  practices: [
    { id: practices.northside, patients: 120 },
    { id: practices.lakeview, patients: 80 },
  ],
} satisfies EnvironmentConfig

/** An environment in the emulator, with all that stands around it. */
export interface EmulatedEnvironment {
  readonly emulator: Emulator
  readonly client: ClientSettings
  readonly sink: NotificationSink
  readonly deployed: readonly Deployed[]
  /** What was set after the deployment, and why: a sentence each. */
  readonly settings: readonly string[]
  readonly stop: () => Promise<void>
}

/** Starts the emulator and deploys the environment to it. @throws Error that says how to install the emulator, or what failed */
export async function startEnvironment(): Promise<EmulatedEnvironment> {
  const emulator = await startEmulator(config.accounts.workload)
  const sink = await startNotificationSink()
  const stop = async () => {
    await Promise.all([emulator.stop(), sink.stop()])
  }
  try {
    const client = emulator.client(config.accounts.workload, config.regions.primary)
    const assembly = synthesizeEnvironment(config, {})
    try {
      const deployed = await deployTo(client, assembly)
      const after: AfterDeployment = { client, assembly, deployed, messagingEndpoint: sink.endpoint }
      return { emulator, client, sink, deployed, settings: await setAfterDeployment(after), stop }
    } finally {
      assembly.remove()
    }
  } catch (error) {
    await stop()
    throw error
  }
}
