/** A promise that took too long. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong'
}

/**
 * What the promise answers, if it does so in time.
 *
 * @param milliseconds how long to wait
 * @throws TookTooLong when the time is over
 */
export async function within<Answer>(milliseconds: number, promise: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`No answer in ${milliseconds / 1000} seconds`)), milliseconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
