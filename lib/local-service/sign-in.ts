import * as z from 'zod/mini'
import type { Route } from '../../lambda/service/api/routes.ts'
import { identifier } from '../../lambda/service/api/schemas.ts'
import type { Answer } from '../../lambda/shared/http/exchange.ts'
import { ServiceError } from '../../lambda/shared/http/service-error.ts'
import { validated } from '../../lambda/shared/http/validated.ts'
import type { Account, LocalIssuer } from './local-issuer.ts'
import { tokenSeconds } from './pools.ts'

/** The one route of this machine's service that the API in AWS does not have: there Cognito signs people in, with two factors. */
export const signInRoute = {
  method: 'POST',
  path: '/local/sign-in',
  writes: false,
  body: z.strictObject({ person: z.string().check(z.maxLength(64)), practice: z.optional(identifier) }),
} as const satisfies Pick<Route, 'method' | 'path' | 'writes' | 'body'>

/** Gives a token to whoever asks for one of the accounts by its name. A provider of several practices names one. */
export const signIn =
  (issuer: LocalIssuer, accounts: Readonly<Record<string, Account>>): Answer =>
  async (request) => {
    const { person, practice } = validated({ ...signInRoute, caller: 'line', function: 'intake', summary: '' }, request).body
    const account = Object.hasOwn(accounts, person) ? accounts[person] : undefined
    if (account === undefined) throw new ServiceError('not-signed-in')
    const chosen = practiceOf(account, practice)
    return { status: 200, body: { token: await issuer.issue(account, chosen), expiresInSeconds: tokenSeconds } }
  }

function practiceOf({ attributes }: Account, practice: string | undefined): string | undefined {
  const own = (attributes['custom:practices'] ?? '').split(' ')
  if (practice === undefined && own.length > 1) throw new ServiceError('not-valid')
  if (practice !== undefined && !own.includes(practice)) throw new ServiceError('not-allowed')
  return practice
}
