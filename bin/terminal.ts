/** Takes text as it is, line ends included. */
interface Output {
  write(text: string): unknown
  /** Whether text may be coloured; absent where it may not. */
  hasColors?(): boolean
}

/** Where a command prints and what it leaves as its exit code. `process` is one. */
export interface Terminal {
  readonly stdout: Output
  readonly stderr: Output
  exitCode?: number | string | null | undefined
}

/** Prints one line, or several. */
export function print({ stdout }: Terminal, text: string): void {
  stdout.write(`${text}\n`)
}

/** Prints a line for people beside the result, which a pipe does not take along. */
export function warn({ stderr }: Terminal, text: string): void {
  stderr.write(`${text}\n`)
}

/** Whether what is printed may be coloured. */
export const colorOf = ({ stdout }: Terminal): { readonly color: boolean } => ({ color: stdout.hasColors?.() ?? false })
