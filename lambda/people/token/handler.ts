import { claimsOf, noToken } from './domain.ts'
import { tokenEvent } from './event.ts'

/**
 * Answers Cognito before it issues tokens. The ID token gets claims, which may be objects from event version `V2_0` on; the access token gets nothing, and
 * groups and roles stay as they are, because nothing is said of them (Amazon Cognito Developer Guide, "Pre token generation Lambda trigger").
 *
 * @throws Error, whose words Cognito shows to the person; no token is issued then
 */
export async function handler(event: unknown): Promise<object> {
  const read = tokenEvent.safeParse(event)
  if (!read.success) throw new Error(noToken.notSetUp)
  const idTokenGeneration = { claimsToAddOrOverride: claimsOf(read.data.request) }
  return { ...read.data, response: { claimsAndScopeOverrideDetails: { idTokenGeneration } } }
}
