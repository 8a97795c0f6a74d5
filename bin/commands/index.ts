import type { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { addErase } from './erase.ts'
import { addExplain } from './explain.ts'
import { addGate } from './gate.ts'
import { addLedger } from './ledger.ts'
import { addOffline } from './offline.ts'
import { addPrepare } from './prepare.ts'
import { addRehearse } from './rehearse.ts'
import { addRevokeSessions } from './revoke-sessions.ts'
import { addServe } from './serve.ts'

/** Every command of the command line, in the order `--help` lists them. */
export const commands: readonly ((program: Command, terminal: Terminal) => Command)[] = [
  addRehearse,
  addGate,
  addExplain,
  addPrepare,
  addServe,
  addOffline,
  addRevokeSessions,
  addLedger,
  addErase,
]
