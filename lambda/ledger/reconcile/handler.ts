import * as z from 'zod/mini'
import { readEnvironmentVariables } from '../../shared/environment-variables.ts'
import { dynamoItems } from '../../shared/items/dynamo-items.ts'
import { practicesFrom } from '../practices.ts'
import { logGroupTrail } from './adapters.ts'
import { reconcile } from './domain.ts'
import { reconcileEnvironment } from './env.ts'
import type { Span } from './ports.ts'

/** How much longer than a day a daily run looks back, in milliseconds; runs overlap by it, so that none has to remember where the last one ended. */
const overlap = 3_600_000
const day = 86_400_000
/** What the end of a run may take, in milliseconds. */
const reserve = 10_000

const time = z.pipe(
  z.iso.datetime(),
  z.transform((text) => Date.parse(text)),
)
// Somebody may invoke it for a span of their own; the schedule sends nothing of the kind.
const invocation = z.object({ from: time, to: time })

const { practices, ledgerTable, recordsTable, trailLogGroup, sessionRoles, breakGlassRole } = reconcileEnvironment
const variables = readEnvironmentVariables(Object.values(reconcileEnvironment))
const roles = z
  .array(z.string().check(z.minLength(1)))
  .check(z.minLength(1))
  .parse(JSON.parse(variables[sessionRoles]))
const standing = {
  items: dynamoItems({ ledger: variables[ledgerTable] }),
  practices: practicesFrom(variables[practices]),
  names: { recordsTable: variables[recordsTable], sessionRoles: roles, breakGlassRole: variables[breakGlassRole] },
}

/**
 * Compares the reads that the trail delivered in the last day, or in the span `{ from, to }` of the invocation (ISO 8601 in UTC), with the ledger. A schedule invokes it
 * every day.
 *
 * @throws Error when not everything was compared
 */
export async function handler(event: unknown, context: { readonly getRemainingTimeInMillis: () => number }): Promise<void> {
  const trail = logGroupTrail(variables[trailLogGroup], () => context.getRemainingTimeInMillis() < reserve)
  await reconcile({ ...standing, trail }, spanOf(event, Date.now()))
}

const spanOf = (event: unknown, now: number): Span => invocation.safeParse(event).data ?? { from: now - day - overlap, to: now }
