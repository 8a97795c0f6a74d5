import type { DataKey } from './seal-record.ts'

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

/** Data keys in plain, in the memory of one process, until their time is up; then they are wiped. Printing a cache shows no key. */
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

interface Entry {
  readonly since: number
  readonly loading: Promise<DataKey>
  key: DataKey | undefined
  /** Turn of its last use: marking it costs a use nothing, and only a new key, which waits for the key service anyway, looks for the oldest. */
  lastUse: number
  uses: number
  /** Work that is waiting for the key or using it; a key is not wiped under it. */
  users: number
  ended: boolean
  timer: NodeJS.Timeout | undefined
}

class Cache implements DataKeyCache {
  readonly #limits: Required<CacheLimits>
  readonly #entries = new Map<string, Entry>()
  #turn = 0

  constructor({ entries = 1000, age = 300_000, uses = 100_000, now = Date.now }: CacheLimits) {
    this.#limits = { entries, age, uses, now }
  }

  get size(): number {
    return this.#entries.size
  }

  use<Result>(name: CachedKeyName, load: () => Promise<DataKey>, work: (key: DataKey) => Result): Promise<Result> {
    const slot = slotOf(name)
    const entry = this.#usable(slot) ?? this.#add(slot, load)
    entry.uses += 1
    if (entry.key !== undefined) {
      try {
        return Promise.resolve(work(entry.key))
      } catch (error) {
        return Promise.reject(error)
      }
    }
    return this.#wait(entry, work)
  }

  async #wait<Result>(entry: Entry, work: (key: DataKey) => Result): Promise<Result> {
    entry.users += 1
    try {
      return work(entry.key ?? (await entry.loading))
    } finally {
      entry.users -= 1
      wipeWhenUnused(entry)
    }
  }

  clear(): void {
    for (const slot of [...this.#entries.keys()]) this.#end(slot)
  }

  #usable(slot: string): Entry | undefined {
    const entry = this.#entries.get(slot)
    if (entry === undefined) return undefined
    const age = this.#limits.now() - entry.since
    // A clock that was set back says nothing of the age.
    if (age < 0 || age >= this.#limits.age || entry.uses >= this.#limits.uses) return this.#end(slot)
    this.#turn += 1
    entry.lastUse = this.#turn
    return entry
  }

  #add(slot: string, load: () => Promise<DataKey>): Entry {
    const loading = (async () => load())()
    this.#turn += 1
    const entry: Entry = {
      since: this.#limits.now(),
      loading,
      key: undefined,
      lastUse: this.#turn,
      uses: 0,
      users: 0,
      ended: false,
      timer: undefined,
    }
    const endThis = (): void => {
      if (this.#entries.get(slot) === entry) this.#end(slot)
    }
    loading.then((key) => {
      entry.key = key
    }, endThis)
    // A key that nobody asks for again is wiped on time too. The timer keeps no process alive.
    entry.timer = setTimeout(endThis, this.#limits.age).unref()
    this.#entries.set(slot, entry)
    if (this.#entries.size > this.#limits.entries) this.#endOldest()
    return entry
  }

  #endOldest(): void {
    let oldest: readonly [string, Entry] | undefined
    for (const one of this.#entries) if (oldest === undefined || one[1].lastUse < oldest[1].lastUse) oldest = one
    if (oldest !== undefined) this.#end(oldest[0])
  }

  #end(slot: string): undefined {
    const entry = this.#entries.get(slot)
    this.#entries.delete(slot)
    if (entry === undefined) return
    entry.ended = true
    clearTimeout(entry.timer)
    wipeWhenUnused(entry)
  }
}

function wipeWhenUnused({ ended, users, key }: Entry): void {
  if (ended && users === 0) key?.plaintext.fill(0)
}

// The holder stands last: ids and purposes hold no line break, so that no two names make the same text whatever a holder is called.
const slotOf = ({ holder, practice, patient, purpose }: CachedKeyName): string => `${practice}\n${patient}\n${purpose}\n${holder}`
