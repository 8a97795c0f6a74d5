/** What became of work that was done side by side. */
export interface Done {
  /** How much was done without an error. */
  readonly done: number
  /** The error of each that failed. */
  readonly errors: readonly unknown[]
  /** How much was not begun, because time was up. */
  readonly left: number
}

/** Does work on each of a list, a few at a time, in order. One that fails stops none of the others. @param mayBegin asked before each */
export async function sideBySide<T>(
  list: readonly T[],
  width: number,
  mayBegin: () => boolean,
  work: (one: T) => Promise<unknown>,
): Promise<Done> {
  const errors: unknown[] = []
  const waiting = list.values()
  let begun = 0
  const worker = async (): Promise<void> => {
    while (mayBegin()) {
      const { value, done } = waiting.next()
      if (done) return
      begun += 1
      await work(value).catch((error: unknown) => errors.push(error))
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker))
  return { done: begun - errors.length, errors, left: list.length - begun }
}
