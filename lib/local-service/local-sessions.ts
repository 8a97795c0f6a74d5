import type { Items } from '../../lambda/shared/items/items.ts'
import type { Person, Sessions } from '../../lambda/shared/session/session.ts'
import { decodedClaims } from '../../lambda/shared/session/token-claims.ts'
import type { KeyService } from '../../lambda/shared/vault/ports.ts'
import { keysWithin } from './keys-within.ts'
import type { LocalIssuer } from './local-issuer.ts'
import { itemsWithin } from './reach.ts'
import { sessionRole } from './roles.ts'

/** What sessions are cut from: everything that is stored, and the keys. */
export interface Whole {
  readonly items: Items
  readonly keys: KeyService
}

/**
 * Sessions of one role. As in AWS a token is verified at every exchange, and the session reaches the partitions and keys of its practice or its patient and no
 * others, whatever the code that holds it asks for.
 */
export const localSessions = (role: Person['role'], issuer: LocalIssuer, { items, keys }: Whole): Sessions => ({
  open: async (token) => {
    await issuer.verify(token, role)
    const { person } = decodedClaims(token, role)
    const permissions = sessionRole(person)
    return { person, items: itemsWithin(items, permissions.reach), keys: keysWithin(keys, permissions) }
  },
})
