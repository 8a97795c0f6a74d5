import type { DataKey } from './data-key.ts'

/** One data key in memory, from the moment it is asked for until it is wiped. */
export class CachedKey {
  /** When it was asked for, milliseconds since 1970. */
  readonly since: number
  /** Turn of its last use: marking it costs a use nothing, and only a new key, which waits for the key service anyway, looks for the oldest. */
  lastUse = 0
  uses = 0
  readonly #loading: Promise<DataKey>
  #key: DataKey | undefined
  /** Work that waits for the key or uses it; a key is not wiped under it. */
  #users = 0
  #ended = false
  #timer: NodeJS.Timeout | undefined

  constructor(since: number, load: () => Promise<DataKey>) {
    this.since = since
    this.#loading = (async () => load())()
  }

  /** Ends through `end` when the load fails, or when the age in milliseconds is reached: a key that nobody asks for again is wiped on time too. */
  endBy(end: () => void, age: number): void {
    this.#loading.then((key) => {
      this.#key = key
    }, end)
    // The timer keeps no process alive.
    this.#timer = setTimeout(end, age).unref()
  }

  /** Works with the key; at once when it is here, since a promise more would cost as much as a tenth of the work. */
  use<Result>(work: (key: DataKey) => Result): Promise<Result> {
    this.uses += 1
    if (this.#key === undefined) return this.#wait(work)
    this.#users += 1
    try {
      return Promise.resolve(work(this.#key))
    } catch (error) {
      return Promise.reject(error)
    } finally {
      this.#leave()
    }
  }

  /** No further use: the key is wiped now, or as soon as the work that uses it is done. */
  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
    this.#wipeWhenUnused()
  }

  async #wait<Result>(work: (key: DataKey) => Result): Promise<Result> {
    this.#users += 1
    try {
      return work(await this.#loading)
    } finally {
      this.#leave()
    }
  }

  #leave(): void {
    this.#users -= 1
    this.#wipeWhenUnused()
  }

  #wipeWhenUnused(): void {
    if (this.#ended && this.#users === 0) this.#key?.plaintext.fill(0)
  }
}
