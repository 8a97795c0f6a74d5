import type { Items } from '../items/items.ts'
import type { KeyService } from '../vault/ports.ts'

/** Who is signed in, as their token says and the exchange has confirmed. */
export interface Person {
  /** Opaque id of the person. */
  readonly id: string
  readonly role: 'provider' | 'patient'
  /** The one practice this session is for. */
  readonly practice: string
  /** The one patient this session is for; undefined for a provider. */
  readonly patient?: string
}

/** A person's session: stores and keys as this person reaches them, and nobody else's. */
export interface Session {
  readonly person: Person
  readonly items: Items
  readonly keys: KeyService
}

/** Exchanges a person's token for a session. */
export interface Sessions {
  /** @throws ServiceError `not-signed-in` when the token is refused: expired, of another issuer or audience, of another role, or without a practice */
  readonly open: (token: string) => Promise<Session>
}
