import { afterEach, beforeEach, vi } from 'vitest'

/** Keeps log lines of a test file out of its output, and returns those of the test that runs. */
export function quietLog(): unknown[] {
  const lines: unknown[] = []
  beforeEach(() => {
    lines.length = 0
    for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation((line) => void lines.push(line))
  })
  afterEach(() => vi.restoreAllMocks())
  return lines
}
