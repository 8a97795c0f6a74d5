import type { Command } from 'commander'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import { print, type Terminal, warn } from '../terminal.ts'

/** `safe-harbor revoke-sessions <environment>`: nobody who signed in before now is let in any more. */
export const addRevokeSessions = (program: Command, terminal: Terminal): Command =>
  program
    .command('revoke-sessions')
    .description(
      'Revoke every session of people, pipeline and functions that was issued before now, in the account of the credentials. Run it once an account.',
    )
    .argument('<environment>', 'environment, a file of lib/config/environments')
    .option('--offline', 'revoke nothing, print the commands for the AWS CLI')
    .action(async (environment: string, { offline }: { readonly offline?: true }) => {
      const { loadEnvironment } = await import('../../lib/config/load-environment.ts')
      const config = loadEnvironment(environment)
      const { revocationCommands } = await import('../../lib/operations/revoke-sessions.ts')
      if (offline) print(terminal, revocationCommands(config, new Date()).join('\n'))
      else await revoke(terminal, config)
    })

async function revoke(terminal: Terminal, config: EnvironmentConfig): Promise<void> {
  const { openReader } = await import('../../lib/prepare/reader.ts')
  const { account, ...unread } = await openReader(config.regions.primary)
  if (account === undefined) {
    const because = 'because' in unread ? unread.because : ''
    warn(terminal, `${because} Nothing was revoked. Add --offline to print the commands instead.`)
    terminal.exitCode = 2
    return
  }
  const { IAMClient } = await import('@aws-sdk/client-iam')
  const { policyVersionsIn, revokeSessions } = await import('../../lib/operations/revoke-sessions.ts')
  const revoked = await revokeSessions(config, account, new Date(), policyVersionsIn(new IAMClient({ region: config.regions.primary })))
  for (const { policyArn, since } of revoked) print(terminal, `revoked before ${since}  ${policyArn}`)
}
