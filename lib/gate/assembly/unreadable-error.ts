/** An input that cannot be judged: what, why, and the next step in the message. The gate ends with exit code 2. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}
