import type { Command } from 'commander'
import { ConfigurationError } from '../../lib/config/configuration-error.ts'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import type { Standing } from '../../lib/operations/offline.ts'
import { print, type Terminal, warn } from '../terminal.ts'

interface Options {
  readonly data?: string
  readonly print?: true
}

const descriptions = {
  offline: 'Take the service offline: it answers nobody, and callers are told so in plain words.',
  online: 'Let callers in again, as far as the phase allows.',
} as const satisfies Record<Standing, string>

/** `safe-harbor offline <environment>` and `online <environment>`: whether callers are let in. */
export function addOffline(program: Command, terminal: Terminal): Command {
  for (const to of ['offline', 'online'] as const)
    program
      .command(to)
      .description(descriptions[to])
      .argument('[environment]', 'environment, a file of lib/config/environments')
      .option('--data <folder>', 'the service on this machine instead, by its data folder')
      .option('--print', 'switch nothing, print the commands for the AWS CLI')
      .action((environment: string | undefined, options: Options) => run(terminal, to, environment, options))
  return program
}

async function run(terminal: Terminal, to: Standing, environment: string | undefined, { data, print: printOnly }: Options): Promise<void> {
  if ((environment === undefined) === (data === undefined) || (data !== undefined && printOnly))
    throw new ConfigurationError('The command line', [
      { field: '', value: undefined, remedy: `name an environment, or a data folder with --data: safe-harbor ${to} production` },
    ])
  if (data !== undefined) return switchHere(terminal, to, data)
  const { loadEnvironment } = await import('../../lib/config/load-environment.ts')
  const config = loadEnvironment(environment ?? '')
  if (printOnly) return printCommands(terminal, to, config)
  await switchThere(terminal, to, config)
}

async function switchHere(terminal: Terminal, to: Standing, data: string): Promise<void> {
  const { setOffline } = await import('../../lib/local-service/offline-file.ts')
  await setOffline(data, to === 'offline')
  print(terminal, to === 'offline' ? `Offline: ${data}. The next caller is told in plain words.` : `Online: ${data}.`)
}

async function printCommands(terminal: Terminal, to: Standing, config: EnvironmentConfig): Promise<void> {
  const { switchCommands } = await import('../../lib/operations/offline-report.ts')
  const { nameOf } = await import('../../lib/config/names.ts')
  print(terminal, switchCommands(config, to, nameOf(config, 'responder')).join('\n'))
}

async function switchThere(terminal: Terminal, to: Standing, config: EnvironmentConfig): Promise<void> {
  const { openReader } = await import('../../lib/prepare/reader.ts')
  const { account, ...unread } = await openReader(config.regions.primary)
  if (account !== config.accounts.workload) {
    const because =
      'because' in unread ? unread.because : `These are credentials of account ${account}, not of ${config.accounts.workload}.`
    warn(terminal, `${because} Nothing was switched. Add --print to print the commands instead.`)
    terminal.exitCode = 2
    return
  }
  const [{ LambdaClient }, { WAFV2Client }] = await Promise.all([import('@aws-sdk/client-lambda'), import('@aws-sdk/client-wafv2')])
  const [{ switchService }, { switchesIn }, report] = await Promise.all([
    import('../../lib/operations/offline.ts'),
    import('../../lib/operations/offline-switches.ts'),
    import('../../lib/operations/offline-report.ts'),
  ])
  const client = { region: config.regions.primary, maxAttempts: 5 }
  const switches = switchesIn(new LambdaClient(client), new WAFV2Client(client))
  const switched = await switchService(config, to, switches, (one) => print(terminal, report.reportSwitch(one)))
  print(terminal, report.reportStanding(to, switched))
  if (switched.some(({ error }) => error !== undefined)) terminal.exitCode = 1
}
