import type { Command } from 'commander'
import { defaultEnvironment } from '../../lib/config/load-environment.ts'

/** `safe-harbor rehearse [environment]`: from configuration to verdict, on this machine. */
export const addRehearse = (program: Command): Command =>
  program
    .command('rehearse')
    .description('Synthesize an environment, judge it, and write the report. Deploys nothing.')
    .argument('[environment]', 'environment to rehearse, a file of lib/config/environments', defaultEnvironment)
    .action(async (environment: string) => {
      const { exitCodeOf } = await import('../../lib/gate/verdict.ts')
      const { rehearse } = await import('../../lib/rehearsal/rehearse.ts')
      const { renderTerminal } = await import('../../lib/report/terminal.ts')
      const { verdict, page } = await rehearse(environment, { assembly: 'cdk.out', reports: 'report' })
      process.stdout.write(
        `\n${renderTerminal(verdict, { color: process.stdout.hasColors?.() ?? false })}\n${nextStep(environment, page, verdict.verdict === 'pass')}\n`,
      )
      process.exitCode = exitCodeOf(verdict)
    })

const nextStep = (environment: string, page: string, clean: boolean): string =>
  clean
    ? `Report: ${page}\nNext:   npx safe-harbor prepare ${environment}   what must be true of the accounts before the first deployment`
    : `Report: ${page}\nNext:   mend the findings above and run this again`
