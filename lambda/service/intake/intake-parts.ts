import type { Items } from '../../shared/items/items.ts'
import type { Vault } from '../../shared/vault/vault.ts'
import type { Served } from '../phase.ts'

/** What taking calls needs. */
export interface IntakeParts {
  readonly items: Items
  readonly vault: Pick<Vault, 'seal'>
  readonly served: Served
  /** Milliseconds since 1970. */
  readonly now: () => number
}
