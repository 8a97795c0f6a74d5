import { build } from 'esbuild'
import { expect, test } from 'vitest'

test('the bundle stays small, so that a cold start does, and needs nothing that it does not hold', async () => {
  // As lib/environment/constructs/least-function.ts has it bundled.
  const { outputFiles, metafile } = await build({
    entryPoints: ['lambda/service/intake/handler.ts'],
    ...{ bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node24', mainFields: ['module', 'main'] },
    ...{ write: false, metafile: true, logLevel: 'silent' },
  })
  const [file] = outputFiles
  expect(file?.contents.length).toBeLessThan(650_000)
  expect(file?.text).not.toContain('Dynamic require')
  // `import { z }` takes the whole of zod with it, 350 KB of them in languages that nobody is told errors in; `import * as z` takes what is used.
  const [output] = Object.values(metafile.outputs)
  const taken = Object.entries(output?.inputs ?? {}).filter(
    ([path, { bytesInOutput }]) => /zod\/v4\/locales\/(?!en)/.test(path) && bytesInOutput > 0,
  )
  expect(taken).toEqual([])
})
