import type { Command } from 'commander'
import { addGate } from './gate.ts'
import { addPrepare } from './prepare.ts'
import { addRehearse } from './rehearse.ts'
import { addRevokeSessions } from './revoke-sessions.ts'

/** Every command of the command line, in the order `--help` lists them. */
export const commands: readonly ((program: Command) => Command)[] = [addRehearse, addGate, addPrepare, addRevokeSessions]
