/**
 * A sealed record does not open. There is one such error for everything that can be wrong with it (practice, patient, name, version, format, length,
 * any bit, no such key), so that whoever sent it in learns nothing of what was nearly right. It has no cause, and its stack is the same from
 * everywhere, because the line that refused would be a hint. That a key service refuses or fails is another error and keeps its own type.
 */
export class SealedRecordError extends Error {
  override readonly name = 'SealedRecordError'

  constructor() {
    super('The sealed record cannot be opened.')
    this.stack = `${this.name}: ${this.message}`
  }
}
