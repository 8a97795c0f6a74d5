import type { ServiceFunction } from '../../lambda/service/api/routes.ts'
import { intake } from '../../lambda/service/intake/domain.ts'
import { patient } from '../../lambda/service/patient/domain.ts'
import type { Served } from '../../lambda/service/phase.ts'
import { provider } from '../../lambda/service/provider/domain.ts'
import type { Answer } from '../../lambda/shared/http/exchange.ts'
import { defaultReadLimits, type ReadLimits } from '../../lambda/shared/ledger/read-budget.ts'
import { dataKeyCache } from '../../lambda/shared/vault/data-key-cache.ts'
import { keysWithin } from './keys-within.ts'
import type { LocalIssuer } from './local-issuer.ts'
import { localSessions, type Whole } from './local-sessions.ts'
import { itemsWithin } from './reach.ts'
import { functionRoles } from './roles.ts'

/** What the functions are composed of here. */
export interface AnswersProps {
  readonly whole: Whole
  readonly issuer: LocalIssuer
  readonly served: Served
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** @default the limits of the service */
  readonly budget?: ReadLimits
}

/** The functions of the service as they are in AWS, each on what its role reaches and nothing more. */
export function answers({
  whole,
  issuer,
  served,
  now,
  budget = defaultReadLimits,
}: AnswersProps): Readonly<Record<ServiceFunction, Answer>> {
  const standing = (role: keyof typeof functionRoles) => itemsWithin(whole.items, functionRoles[role].reach)
  const sessions = (role: 'provider' | 'patient') => localSessions(role, issuer, whole)
  return {
    intake: intake({ items: standing('intake'), keys: keysWithin(whole.keys, functionRoles.intake), cache: dataKeyCache(), served, now }),
    provider: provider({ sessions: sessions('provider'), standing: standing('provider'), cache: dataKeyCache(), served, now, budget }),
    patient: patient({ sessions: sessions('patient'), standing: standing('patient'), cache: dataKeyCache(), served, now }),
  }
}
