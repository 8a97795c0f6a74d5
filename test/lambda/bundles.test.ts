import { existsSync, readdirSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const builtIns: ReadonlySet<string> = new Set(builtinModules)

// Every function: a folder with a handler.
const handlers = readdirSync('lambda', { recursive: true, encoding: 'utf8' })
  .map((name) => join('lambda', name, 'handler.ts'))
  .filter((file) => existsSync(file))
  .sort()

test('every function is bundled', () => {
  expect(handlers).toContain(join('lambda', 'service', 'provider', 'handler.ts'))
  expect(handlers.length).toBeGreaterThanOrEqual(9)
})

test.each(handlers)('%s becomes one module under a megabyte, with all it needs and no source map', async (handler) => {
  // As lib/environment/constructs/least-function.ts has it bundled.
  const { outputFiles } = await build({
    entryPoints: [handler],
    ...{ bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node24', mainFields: ['module', 'main'] },
    ...{ write: false, logLevel: 'silent' },
  })
  const [file] = outputFiles
  expect(file?.contents.length).toBeLessThan(1_000_000)
  expect(file?.text).not.toContain('Dynamic require')
  expect(file?.text).not.toContain('sourceMappingURL')
  expect([...(file?.text ?? '').matchAll(/\bfrom"([^"]+)"/g)].map(([, name]) => name).filter((name) => !isBuiltIn(name))).toEqual([])
})

const isBuiltIn = (name = ''): boolean => builtIns.has(name.replace(/^node:/, ''))
