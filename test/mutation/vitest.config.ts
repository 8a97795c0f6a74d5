import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/mutation/*.mutation.ts'],
    // The runs share nothing, and left to itself vitest would let one core of two idle.
    maxWorkers: 3,
    testTimeout: 900_000,
    env: { CDK_VALIDATION: 'false' },
    reporters: ['default'],
    disableConsoleIntercept: true,
  },
})
