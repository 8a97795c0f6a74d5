import type { Command } from 'commander'
import { defaultEnvironment } from '../../lib/config/default-environment.ts'
import { print, type Terminal } from '../terminal.ts'

/** `safe-harbor prepare [environment]`: what must be true of the accounts, with the commands that mend it. */
export const addPrepare = (program: Command, terminal: Terminal): Command =>
  program
    .command('prepare')
    .description(
      'List what must be true of the accounts and what CloudFormation cannot do, with the commands that mend it. Reads AWS where credentials exist; changes nothing.',
    )
    .argument('[environment]', 'environment to prepare, a file of lib/config/environments', defaultEnvironment)
    .option('--offline', 'read no account, only print the commands')
    .action(async (environment: string, { offline }: { readonly offline?: true }) => {
      const { loadEnvironment } = await import('../../lib/config/load-environment.ts')
      const config = loadEnvironment(environment)
      const preparing = await import('../../lib/prepare/index.ts')
      const { renderPrepared } = await import('../../lib/prepare/render.ts')
      const reader = offline ? preparing.offline : await (await import('../../lib/prepare/reader.ts')).openReader(config.regions.primary)
      const preparation = await preparing.prepare(config, reader)
      print(terminal, renderPrepared(preparation, config))
      terminal.exitCode = preparing.exitCodeOf(preparation)
    })
