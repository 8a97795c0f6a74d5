import type { OwnAccounts } from './party.ts'

type Asked<Key, Result> = (about: Key, ownAccounts: OwnAccounts) => Result

/** A computation over statements whose result is kept with them: dozens of controls ask the same of the same policy. */
export function kept<Key extends object, Result>(compute: Asked<Key, Result>): Asked<Key, Result> {
  const known = new WeakMap<Key, { readonly ownAccounts: OwnAccounts; readonly result: Result }>()
  return (about, ownAccounts) => {
    const before = known.get(about)
    if (before !== undefined && before.ownAccounts === ownAccounts) return before.result
    const result = compute(about, ownAccounts)
    known.set(about, { ownAccounts, result })
    return result
  }
}
