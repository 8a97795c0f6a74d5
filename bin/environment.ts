import { ConfigurationError } from '../lib/config/configuration-error.ts'
import { defaultEnvironment } from '../lib/config/default-environment.ts'
import { loadEnvironment } from '../lib/config/load-environment.ts'
import { openApp, synthesize } from '../lib/environment/synthesize.ts'

// The CDK app. The CDK command line runs it and says by context which environment it wants: `npx cdk synth -c environment=production`.
try {
  const app = openApp()
  const named: unknown = app.node.tryGetContext('environment') ?? defaultEnvironment
  synthesize(app, loadEnvironment(String(named)))
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
