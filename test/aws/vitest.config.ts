import { defineConfig } from 'vitest/config'

/** Tests on the local AWS emulator; they need the Python packages of .ci/requirements.txt in `.venv` and are no part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/aws/*.aws.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    disableConsoleIntercept: true,
    env: { CDK_VALIDATION: 'false' },
  },
})
