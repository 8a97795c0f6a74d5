import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/mutation/*.mutation.ts'],
    testTimeout: 900_000,
    env: { CDK_VALIDATION: 'false' },
    reporters: ['default'],
    disableConsoleIntercept: true,
  },
})
