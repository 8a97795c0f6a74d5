#!/usr/bin/env -S npx tsx
import { Command, CommanderError } from 'commander'
import { tool } from '../lib/gate/tool.ts'
import { exitCodeOfError, messageOf } from './commands/errors.ts'
import { commands } from './commands/index.ts'

const program = new Command('safe-harbor')
  .description('The new, more secure AWS environment that a breached health-care service is restored into, and the gate that proves it.')
  .version(tool.version)
  .configureHelp({ helpWidth: 100, showGlobalOptions: false })
  .exitOverride()
for (const add of commands) add(program)
program.addHelpText(
  'after',
  `
Exit codes: 0 clean, 1 a finding fails or something is to be mended, 2 an input was refused or
nothing was judged.

Start with \`npx safe-harbor rehearse\`: it synthesizes the sandbox, judges it and writes a report.`,
)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) console.error(messageOf(error))
  process.exitCode = exitCodeOfError(error)
}
