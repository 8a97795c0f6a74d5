/** One decision that a template leaves to its deployment: what a parameter is, or whether a comparison holds. */
export interface Choice {
  /** `parameter Stage`, `condition IsProduction`. */
  readonly variable: string
  readonly option: string
}

/** What a computation gave in one case. */
export interface CaseResult<Result> {
  /** The choices it met, in the order it met them; empty when it met none. */
  readonly choices: readonly Choice[]
  readonly result: Result
}

const noChoices: readonly Choice[] = []

interface Decision {
  readonly variable: string
  readonly options: readonly string[]
  at: number
}

/**
 * Runs a computation once for every case it depends on. The computation asks `choose` for what it needs to know, and only what it asked for is varied, so
 * most computations run once.
 */
export class Cases {
  /** Most cases that one computation is run for. */
  readonly limit: number
  #decisions: Decision[] = []
  #met = new Map<string, Decision>()
  #asked = 0

  constructor(limit = 64) {
    this.limit = limit
  }

  /** How often `choose` was asked so far: a computation that did not raise it gives the same result in every case. */
  get asked(): number {
    return this.#asked
  }

  /**
   * The option of a variable in the present case.
   * @param options at least one; the first is taken outside `each`
   */
  choose(variable: string, options: readonly string[]): string {
    this.#asked += 1
    const decision = this.#met.get(variable) ?? this.#meet(variable, options)
    return decision.options[decision.at] ?? ''
  }

  /** The option of a variable that the present case has met already. */
  chosen(variable: string): string | undefined {
    const decision = this.#met.get(variable)
    return decision?.options[decision.at]
  }

  /** What a computation gives for a key. It is kept where it asked for no case, for then it is the same in every case. */
  kept<Key extends object, Result>(known: WeakMap<Key, Result>, key: Key, compute: () => Result): Result {
    const before = known.get(key)
    if (before !== undefined) return before
    const asked = this.#asked
    const result = compute()
    if (this.#asked === asked) known.set(key, result)
    return result
  }

  /** Computes something in the present case without making more cases of what it asks for; `steady` where it asked for nothing. */
  aside<Result>(compute: () => Result): { readonly result: Result; readonly steady: boolean } {
    const [asked, decided] = [this.#asked, this.#decisions.length]
    const result = compute()
    for (const { variable } of this.#decisions.splice(decided)) this.#met.delete(variable)
    return { result, steady: this.#asked === asked }
  }

  /** Runs a computation in every case it depends on; `complete` is false where there were more cases than the limit. */
  each<Result>(compute: () => Result): { readonly results: readonly CaseResult<Result>[]; readonly complete: boolean } {
    this.#forget()
    const first = compute()
    if (this.#decisions.length === 0) return { results: [{ choices: noChoices, result: first }], complete: true }
    const results: CaseResult<Result>[] = [{ choices: this.#present(), result: first }]
    while (this.#advance() && results.length < this.limit) {
      this.#met = new Map(this.#decisions.map((decision) => [decision.variable, decision]))
      results.push({ result: compute(), choices: this.#present() })
    }
    const complete = this.#decisions.length === 0
    this.#forget()
    return { results, complete }
  }

  #forget(): void {
    if (this.#met.size === 0) return
    this.#decisions = []
    this.#met = new Map()
  }

  /** Computes something in one case again, outside `each`. */
  under<Result>(choices: readonly Choice[], compute: () => Result): Result {
    this.#forget()
    for (const { variable, option } of choices) this.#met.set(variable, { variable, options: [option], at: 0 })
    try {
      return compute()
    } finally {
      this.#forget()
    }
  }

  #meet(variable: string, options: readonly string[]): Decision {
    const decision = { variable, options, at: 0 }
    this.#decisions.push(decision)
    this.#met.set(variable, decision)
    return decision
  }

  #present = (): Choice[] => this.#decisions.map(({ variable, options, at }) => ({ variable, option: options[at] ?? '' }))

  /** Moves to the next case: the last decision with an option left takes it, and those after it are forgotten. */
  #advance(): boolean {
    while (this.#decisions.length > 0) {
      const last = this.#decisions.at(-1)
      if (last !== undefined && last.at + 1 < last.options.length) {
        last.at += 1
        return true
      }
      this.#decisions.pop()
    }
    return false
  }
}
