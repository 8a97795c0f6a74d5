import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundling } from './bundling.ts'
import { nodes } from './nodes.ts'
import { simulateCalls } from './simulate-key-calls.ts'

// Sealing and opening records of 1 KiB by the vault, by AES-256-GCM alone and by the AWS Encryption SDK, all in one process, from one bundle as the
// functions are bundled, on every Node at hand; then how often the vault calls KMS.
const folder = mkdtempSync(join(tmpdir(), 'safe-harbor-vault-'))
const outfile = join(folder, 'compare.mjs')
// The SDK's packages are CommonJS and want a `require` for Node's own modules.
const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" }
await build({ ...bundling, target: 'node20', entryPoints: ['test/bench/vault/compare.ts'], outfile, banner })
for (const node of nodes) console.log(execFileSync(node, [outfile]).toString())
rmSync(folder, { recursive: true, force: true })
console.log('"of raw": throughput as a part of raw AES-256-GCM. "HMAC and AES alone": node:crypto\'s part of a derived key, without names,')
console.log('salts, cache or promises. The SDK runs on a local AES keyring, with key commitment, without signatures.\n')
for (const line of await simulateCalls()) console.log(line)
