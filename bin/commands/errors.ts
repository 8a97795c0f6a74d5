import { CommanderError } from 'commander'
import { ConfigurationError } from '../../lib/config/configuration-error.ts'

/** Exit code for an error: 0 for help and version, otherwise 2: nothing was judged. */
export const exitCodeOfError = (error: unknown): 0 | 2 => (error instanceof CommanderError && error.exitCode === 0 ? 0 : 2)

/** What to print for an error: the message of one that is made for people or comes from the system or from AWS, the stack of a bug. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const forPeople = error instanceof ConfigurationError || namesForPeople.includes(error.name) || 'code' in error || '$metadata' in error
  return forPeople ? error.message : (error.stack ?? error.message)
}

// By name: their classes live with code that this file must not load.
const namesForPeople = ['RevocationError', 'UnreadableError', 'UnknownControlError']
