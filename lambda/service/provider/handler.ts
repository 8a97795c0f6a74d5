import { behindApiGateway } from '../../shared/http/api-gateway.ts'
import { defaultReadLimits } from '../../shared/ledger/read-budget.ts'
import { sessionParts } from '../session-parts.ts'
import { provider } from './domain.ts'

/** Answers the routes of the provider function behind the API. */
export const handler = behindApiGateway(provider({ ...sessionParts('provider'), budget: defaultReadLimits }))
