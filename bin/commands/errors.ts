import { CommanderError } from 'commander'
import { ConfigurationError } from '../../lib/config/configuration-error.ts'

/** Exit code for an error: 0 for help and version, 2 for input that was refused; anything else is a bug and also ends with 2, nothing having been judged. */
export const exitCodeOfError = (error: unknown): number => (error instanceof CommanderError && error.exitCode === 0 ? 0 : 2)

/** What to print for an error: the message of one that was made for people, the stack of a bug. */
export function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message
  if (error instanceof Error && 'code' in error) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
