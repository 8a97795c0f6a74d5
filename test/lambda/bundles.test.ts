import { readdirSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { bundling } from '../bench/bundling.ts'

const handlers = readdirSync('lambda', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('handler.ts'))
  .map((path) => join('lambda', path))
  .sort()

/** Bytes a bundle may have: a cold start reads and compiles all of them. Patients wait for the intake function, on the phone too. */
const limitOf = (handler: string): number => (handler === 'lambda/service/intake/handler.ts' ? 650_000 : 1_000_000)

// All in one go, so that esbuild reads what they share once; each bundle still holds all that it needs.
const bundles = build({ ...bundling, entryPoints: handlers, write: false, metafile: true, outdir: 'bundles', outbase: '.' })

test('every function has a bundle that is judged here', () => {
  expect(handlers.map((path) => path.split('/').at(-2))).toEqual(
    expect.arrayContaining(['intake', 'provider', 'patient', 'escalation', 'checkpoint', 'reconcile', 'token', 'alert', 'restore-test']),
  )
})

describe.each(handlers)('The bundle of %s', (handler) => {
  test('is small, an ES module, and needs nothing that it does not hold', async () => {
    const { outputFiles, metafile, warnings } = await bundles
    const path = join('bundles', handler.replace(/\.ts$/, '.js'))
    const output = metafile.outputs[path]
    const file = outputFiles.find((one) => one.path.endsWith(path))
    expect(warnings).toEqual([])
    expect(file?.contents.length).toBeLessThan(limitOf(handler))
    expect(output?.exports).toContain('handler')
    // Only modules of Node stay outside, and each is named where the code is read, not found while it runs.
    const outside = (output?.imports ?? []).filter(({ path, external }) => external && !isOfNode(path))
    expect(outside).toEqual([])
    expect((output?.imports ?? []).filter(({ kind }) => kind === 'require-call')).toEqual([])
    expect(file?.text).not.toContain('Dynamic require')
    expect(file?.text).not.toContain('sourceMappingURL')
  })

  test('holds only the small face of the schema library, and none of its languages', async () => {
    const { metafile } = await bundles
    const inputs = metafile.outputs[join('bundles', handler.replace(/\.ts$/, '.js'))]?.inputs ?? {}
    const used = Object.keys(inputs).filter((path) => (inputs[path]?.bytesInOutput ?? 0) > 0)
    expect(used.some((path) => path.includes('zod/v4/core/'))).toBe(true)
    // `zod` brings every method of every schema and all that they call, JSON Schema too, and takes three times as long to initialise as `zod/mini`.
    // Of either, `import { z }` or a use of `z.core` brings 350 KB more, in languages that nobody is told errors in.
    expect(used.filter((path) => /zod\/v4\/(?:classic|locales)\//.test(path))).toEqual([])
  })
})

const isOfNode = (path: string): boolean => path.startsWith('node:') || builtinModules.includes(path)
