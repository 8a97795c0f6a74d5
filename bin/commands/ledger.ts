import type { Command } from 'commander'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import type { LedgerUnderTest } from '../../lib/operations/verify-ledger.ts'
import { print, type Terminal } from '../terminal.ts'

interface Options {
  readonly practice?: string
  readonly checkpoints?: string
  readonly data?: string
  readonly archiveProfile?: string
}

/** `safe-harbor ledger verify <environment>`: whether the access ledger is as it was written. */
export const addLedger = (program: Command, terminal: Terminal): Command => {
  const ledger = program.command('ledger').description('Work with the access ledger.')
  ledger
    .command('verify')
    .description(
      'Find what was removed from the access ledger, changed, moved or put in, and by its checkpoints whether its end was cut off. Reads the ledger as the privacy officer, the checkpoints as the investigator. Exit code 1 when it is broken, 2 when it could not be read.',
    )
    .argument('<environment>', 'environment, a file of lib/config/environments')
    .option('--practice <id>', 'one practice')
    .option('--checkpoints <folder>', 'checkpoints that the investigator downloaded, instead of reading the archive')
    .option('--archive-profile <name>', 'profile of the AWS configuration that reads the archive in the audit account')
    .option('--data <folder>', 'verify the data folder of the service on this machine; it must not be running')
    .action(async (environment: string, options: Options) => {
      const { loadEnvironment } = await import('../../lib/config/load-environment.ts')
      const config = loadEnvironment(environment)
      terminal.exitCode = await verify(terminal, config, options)
    })
  return program
}

async function verify(terminal: Terminal, config: EnvironmentConfig, { data, archiveProfile, ...choice }: Options): Promise<number> {
  const { ledgerInAws, withLocalLedger } = await import('../../lib/operations/verify-ledger-sources.ts')
  const judge = (ledger: LedgerUnderTest) => judgeLedger(terminal, ledger)
  if (data !== undefined) return withLocalLedger(data, choice, judge)
  return judge(await ledgerInAws(config, choice, await clientsOf(config.regions.primary, archiveProfile)))
}

async function judgeLedger(terminal: Terminal, ledger: LedgerUnderTest): Promise<number> {
  const { exitCodeOfLedger, verifyLedger } = await import('../../lib/operations/verify-ledger.ts')
  const { renderLedgerVerdict } = await import('../../lib/operations/verify-ledger-render.ts')
  const verdict = await verifyLedger(ledger)
  print(terminal, renderLedgerVerdict(verdict))
  return exitCodeOfLedger(verdict)
}

async function clientsOf(region: string, profile: string | undefined) {
  // Outside EC2 the metadata service never answers, and the credential chain would wait for it.
  process.env.AWS_EC2_METADATA_DISABLED ??= 'true'
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb')
  const { S3Client } = await import('@aws-sdk/client-s3')
  return { workload: new DynamoDBClient({ region }), archive: new S3Client(profile === undefined ? { region } : { region, profile }) }
}
