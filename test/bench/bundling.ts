import type { BuildOptions } from 'esbuild'

/** How the functions are bundled: lib/environment/constructs/least-function.ts. */
export const bundling = {
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'] as string[],
  logLevel: 'error',
} satisfies BuildOptions
