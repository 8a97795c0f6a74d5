import { createRequire } from 'node:module'

type Gate = typeof import('../../lib/gate/judge.ts')
type Access = typeof import('../../lib/gate/reference/access-at.ts')
type Controls = typeof import('../../lib/gate/checks/all-controls.ts')

// By `require`: what is imported, tsx reads in another thread, file by file, which takes twice as long for the hundreds of files of the gate.
const require = createRequire(import.meta.url)

/** Loads the gate. */
export const loadGate = (): Gate => require('../../lib/gate/judge.ts') as Gate

/** Loads what reads policies to be reviewed. */
export const loadAccess = (): Access => require('../../lib/gate/reference/access-at.ts') as Access

/** Loads the gate's controls. */
export const loadControls = (): Controls => require('../../lib/gate/checks/all-controls.ts') as Controls
