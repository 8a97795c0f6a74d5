import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

const root = join(import.meta.dirname, '..', '..')

/** Runs the command line as a user does, without colour and with no AWS credentials in sight. */
export function runCommand(args: readonly string[], cwd = root): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'bin/safe-harbor.ts'), ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', NO_COLOR: '1', COLUMNS: '100', AWS_EC2_METADATA_DISABLED: 'true' },
  })
  return { status, stdout, stderr }
}
