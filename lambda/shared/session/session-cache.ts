import { createHash } from 'node:crypto'
import type { Session } from './session.ts'

/** A session and when it must not be used any more, in milliseconds since 1970. */
export interface Held {
  readonly session: Session
  readonly until: number
}

/** Remembers sessions by their tokens. */
export interface SessionCache {
  /** The session of a token; it is opened when none is held, and once only when many ask at the same time. */
  readonly held: (token: string, now: number, open: () => Promise<Held>) => Promise<Session>
}

/**
 * Sessions in memory, because an exchange at every request is slow. A token stands in it as its SHA-256 only.
 *
 * What this costs: a person who is disabled or signed out keeps their session until its credentials or the token end, 15 minutes at most. It is no longer than
 * credentials live that were given out anyway. Revoking is therefore done where each use is judged: a statement on the session role that denies
 * credentials issued before a moment (`aws:TokenIssueTime`) takes effect on sessions held here as well.
 *
 * @param most sessions held at once; the one opened first goes first
 */
export function sessionCache(most = 256): SessionCache {
  const entries = new Map<string, { opening: Promise<Held>; until: number }>()
  return {
    held: async (token, now, open) => {
      const key = createHash('sha256').update(token).digest('base64url')
      const entry = entries.get(key)
      if (entry !== undefined && now < entry.until) return (await entry.opening).session
      entries.delete(key)
      const fresh = { opening: open(), until: Number.POSITIVE_INFINITY }
      entries.set(key, fresh)
      try {
        const { session, until } = await fresh.opening
        fresh.until = until
        // Not before it has opened: tokens that are refused must not drive out the sessions of others.
        dropOldest(entries, most)
        return session
      } catch (error) {
        // A refusal is not remembered: what failed may have been the way to STS.
        if (entries.get(key) === fresh) entries.delete(key)
        throw error
      }
    },
  }
}

function dropOldest(entries: Map<string, unknown>, most: number): void {
  for (const key of entries.keys()) {
    if (entries.size <= most) return
    entries.delete(key)
  }
}
