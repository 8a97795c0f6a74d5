import type { Command } from 'commander'
import { defaultEnvironment } from '../../lib/config/default-environment.ts'
import { colorOf, type Terminal } from '../terminal.ts'

/** `safe-harbor rehearse [environment]`: from configuration to verdict, on this machine. */
export const addRehearse = (program: Command, terminal: Terminal): Command =>
  program
    .command('rehearse')
    .description('Synthesize an environment, judge it, and write the report. Deploys nothing.')
    .argument('[environment]', 'environment to rehearse, a file of lib/config/environments', defaultEnvironment)
    .action(async (environment: string) => {
      const { loadEnvironment } = await import('../../lib/config/load-environment.ts')
      // A wrong name is refused before everything else is loaded.
      loadEnvironment(environment)
      const { exitCodeOf } = await import('../../lib/gate/verdict.ts')
      const { rehearse } = await import('../../lib/rehearsal/rehearse.ts')
      const { renderTerminal } = await import('../../lib/report/terminal.ts')
      const { verdict, page } = await rehearse(environment, { assembly: 'cdk.out', reports: 'report' })
      terminal.stdout.write(`\n${renderTerminal(verdict, colorOf(terminal))}\n${nextStep(environment, page, verdict.verdict === 'pass')}\n`)
      terminal.exitCode = exitCodeOf(verdict)
    })

const nextStep = (environment: string, page: string, clean: boolean): string =>
  clean
    ? `Report: ${page}\nNext:   npx safe-harbor prepare ${environment}   what must be true of the accounts before the first deployment`
    : `Report: ${page}\nNext:   mend the findings above and run this again`
