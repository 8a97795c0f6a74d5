import { Command, CommanderError } from 'commander'
import { tool } from '../lib/gate/tool.ts'
import { exitCodeOfError, messageOf } from './commands/errors.ts'
import { commands } from './commands/index.ts'
import { type Terminal, warn } from './terminal.ts'

/**
 * Runs the command line. Everything it says of errors is printed; it never throws.
 *
 * @param args what stands behind the name of the command line
 * @param terminal gets what is printed, and the exit code when it is not 0
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<void> {
  try {
    await programFor(terminal).parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) warn(terminal, messageOf(error))
    terminal.exitCode = exitCodeOfError(error)
  }
}

function programFor(terminal: Terminal): Command {
  const program = new Command('safe-harbor')
    .description('The new, more secure AWS environment that a breached health-care service is restored into, and the gate that proves it.')
    .version(tool.version)
    .configureHelp({ helpWidth: 100, showGlobalOptions: false })
    .configureOutput({ writeOut: (text) => terminal.stdout.write(text), writeErr: (text) => terminal.stderr.write(text) })
    .exitOverride()
  for (const add of commands) add(program, terminal)
  return program.addHelpText(
    'after',
    `
Exit codes: 0 clean, 1 a finding fails or something is to be mended, 2 an input was refused or
nothing was judged.

Start with \`npx safe-harbor rehearse\`: it synthesizes the sandbox, judges it and writes a report.`,
  )
}
