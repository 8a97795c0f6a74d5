import type { Terminal } from '../../bin/terminal.ts'

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** A terminal that keeps what is printed; without colours, as a pipe is, unless it is told otherwise. */
export function recordingTerminal({ color = false } = {}): { readonly terminal: Terminal; readonly result: () => CommandResult } {
  const said = { stdout: '', stderr: '' }
  const writer = (name: keyof typeof said) => ({
    write: (text: string) => {
      said[name] += text
    },
    ...(color && { hasColors: () => true }),
  })
  const terminal: Terminal = { stdout: writer('stdout'), stderr: writer('stderr') }
  return { terminal, result: () => ({ status: Number(terminal.exitCode ?? 0), ...said }) }
}
