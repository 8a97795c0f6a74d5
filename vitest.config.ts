import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // One worker loads the construct library once and not for every file; no test changes a module that another uses.
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The construct library's own template validator takes a second a file; test/environment/hipaa-pack.test.ts turns it on again.
    env: { CDK_VALIDATION: 'false' },
    coverage: { include: ['bin/**', 'lib/**', 'lambda/**'] },
  },
})
