#!/usr/bin/env -S node --max-semi-space-size=16
// The command line is TypeScript, which tsx lets every Node from 20.19 on read. It is named here and not in the first line, where it would be looked for
// in the caller's folder, and by two more processes. Later versions of Node let new objects take twice the room; the gate on a large assembly is as quick
// within the 16 MB of Node 20, and holds 100 MB less.
import module from 'node:module'
import 'tsx'

// From Node 22.1 on, what was compiled before is not compiled again.
module.enableCompileCache?.()
await import('./safe-harbor.ts')
