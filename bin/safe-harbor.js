#!/usr/bin/env node
// The command line is TypeScript, which tsx lets every Node from 20.19 on read. It is named here and not in the first line, where it would be looked for
// in the caller's folder, and by two more processes.
import module from 'node:module'
import 'tsx'

// From Node 22.1 on, what was compiled before is not compiled again.
module.enableCompileCache?.()
await import('./safe-harbor.ts')
