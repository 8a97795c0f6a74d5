import { CachedKey } from './cached-key.ts'
import type { DataKey } from './data-key.ts'

/** How much a cache holds and how long. */
export interface CacheLimits {
  /** Most keys at a time; the one used longest ago goes first. @default 1000 */
  readonly entries?: number
  /** How long a key is used from the moment it was asked for, in milliseconds, at most 24 days. @default 5 minutes */
  readonly age?: number
  /** How often a key is used. @default 100,000 */
  readonly uses?: number
  /** Milliseconds since 1970. The wall clock, because a clock of elapsed time may stand still while a function is frozen. @default Date.now */
  readonly now?: () => number
}

/** Which key: whose, of which patient, and for what. */
export interface CachedKeyName {
  /** Who may use the cached key; nobody is ever given the key of another. */
  readonly holder: string
  readonly practice: string
  readonly patient: string
  /** `sealing`, or the id of the key to open with: a key that was made to seal does not open, so that opening always asks the key service. */
  readonly purpose: string
}

/**
 * Data keys in plain, in the memory of one process, until their time is up; then they are wiped, and what `keyForm` copied is let go. Printing a cache
 * shows no key.
 */
export interface DataKeyCache {
  /**
   * Works with a key. One that is not here is loaded, once for all who ask meanwhile; a failed load is theirs and is not kept.
   *
   * @param work must be done with the key when it returns: the key may be wiped right after
   * @throws whatever `load` or `work` throws
   */
  readonly use: <Result>(name: CachedKeyName, load: () => Promise<DataKey>, work: (key: DataKey) => Result) => Promise<Result>
  /** Ends every key: wiped now, or as soon as the work that uses it is done. */
  readonly clear: () => void
  /** How many keys are held. */
  readonly size: number
}

/** An empty cache. */
export const dataKeyCache = (limits: CacheLimits = {}): DataKeyCache => new Cache(limits)

class Cache implements DataKeyCache {
  readonly #limits: Required<CacheLimits>
  readonly #keys = new Map<string, CachedKey>()
  #turn = 0

  constructor({ entries = 1000, age = 300_000, uses = 100_000, now = Date.now }: CacheLimits) {
    this.#limits = { entries, age, uses, now }
  }

  get size(): number {
    return this.#keys.size
  }

  use<Result>(name: CachedKeyName, load: () => Promise<DataKey>, work: (key: DataKey) => Result): Promise<Result> {
    const slot = slotOf(name)
    const key = this.#usable(slot) ?? this.#add(slot, load)
    this.#turn += 1
    key.lastUse = this.#turn
    return key.use(work)
  }

  clear(): void {
    for (const slot of [...this.#keys.keys()]) this.#end(slot)
  }

  #usable(slot: string): CachedKey | undefined {
    const key = this.#keys.get(slot)
    if (key === undefined) return undefined
    const age = this.#limits.now() - key.since
    // A clock that was set back says nothing of the age.
    return age < 0 || age >= this.#limits.age || key.uses >= this.#limits.uses ? this.#end(slot) : key
  }

  #add(slot: string, load: () => Promise<DataKey>): CachedKey {
    if (this.#keys.size >= this.#limits.entries) this.#endOldest()
    const key = new CachedKey(this.#limits.now(), load)
    key.endBy(() => {
      if (this.#keys.get(slot) === key) this.#end(slot)
    }, this.#limits.age)
    this.#keys.set(slot, key)
    return key
  }

  #endOldest(): void {
    let oldest: readonly [string, CachedKey] | undefined
    for (const one of this.#keys) if (oldest === undefined || one[1].lastUse < oldest[1].lastUse) oldest = one
    if (oldest !== undefined) this.#end(oldest[0])
  }

  #end(slot: string): undefined {
    this.#keys.get(slot)?.end()
    this.#keys.delete(slot)
  }
}

// The holder stands last: ids and purposes hold no line break, so that no two names make the same text whatever a holder is called.
const slotOf = ({ holder, practice, patient, purpose }: CachedKeyName): string => `${practice}\n${patient}\n${purpose}\n${holder}`
