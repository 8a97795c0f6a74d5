// The gate is loaded by `require`.
import 'tsx/cjs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { run } from '../../bin/run.ts'
import { type CommandResult, recordingTerminal } from './recording-terminal.ts'

/** Runs the command line in this process, without colour. */
export async function runCommand(args: readonly string[]): Promise<CommandResult> {
  const { terminal, result } = recordingTerminal()
  await run(args, terminal)
  return result()
}

const root = join(import.meta.dirname, '..', '..')

/** Starts the command line in a process of its own, with pipes for a terminal and no AWS credentials in sight. */
const start = (args: readonly string[]) =>
  spawn(process.execPath, ['--import', 'tsx', join(root, 'bin/safe-harbor.ts'), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', COLUMNS: '100', AWS_EC2_METADATA_DISABLED: 'true' },
  })

/** Runs the command line as a user does. */
export async function spawnCommand(args: readonly string[]): Promise<CommandResult> {
  const child = start(args)
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { status: Number(status), stdout, stderr }
}

/** Runs the command line as a user does, with somebody at the other end of its output who reads nothing of it. */
export async function spawnUnread(args: readonly string[]): Promise<Omit<CommandResult, 'stdout'>> {
  const child = start(args)
  child.stdout.destroy()
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
  return { status: Number(status), stderr }
}
