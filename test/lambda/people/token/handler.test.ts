import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimsOf, noToken } from '../../../../lambda/people/token/domain.ts'
import { handler } from '../../../../lambda/people/token/handler.ts'
import { decodedClaims } from '../../../../lambda/shared/session/token-claims.ts'

const subject = '3f2a1b4c-5d6e-4f70-8a9b-0c1d2e3f4a5b'
const person = '3f2a1b4c5d6e4f708a9b0c1d2e3f4a5b'
const provider = { sub: subject, 'custom:practices': 'practice1 practice2' }
const patient = { sub: subject, 'custom:practice': 'practice1', 'custom:patient': 'patient1' }

/** An event as Cognito sends it; a test changes one thing. */
const event = (userAttributes: Record<string, string>, clientMetadata?: Record<string, string>, version = '2') => ({
  version,
  triggerSource: 'TokenGeneration_Authentication',
  region: 'us-east-1',
  userPoolId: 'us-east-1_example',
  userName: 'opaque',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
  request: {
    userAttributes,
    groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
    clientMetadata,
    scopes: [],
  },
  response: { claimsAndScopeOverrideDetails: null },
})
const claimsIn = async (...parts: Parameters<typeof event>) => {
  const { response } = (await handler(event(...parts))) as { response: object }
  return response
}
const expected = (ids: Record<string, string>) => ({
  claimsAndScopeOverrideDetails: {
    idTokenGeneration: {
      claimsToAddOrOverride: {
        ...ids,
        'https://aws.amazon.com/tags': {
          principal_tags: Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, [id]])),
          transitive_tag_keys: Object.keys(ids),
        },
      },
    },
  },
})

describe('What is put into a token', () => {
  test('of a provider: the practice they chose and themselves', async () => {
    expect(await claimsIn(provider, { practice: 'practice2' })).toEqual(expected({ practice: 'practice2', person }))
  })

  test('of a provider with one practice: that one, without a choice', async () => {
    expect(await claimsIn({ ...provider, 'custom:practices': 'practice1' })).toEqual(expected({ practice: 'practice1', person }))
  })

  test('of a patient: their practice and patient id, whatever the app sends along', async () => {
    const hostile = { practice: 'practice2', patient: 'patient2', person: 'somebody' }
    expect(await claimsIn(patient, hostile)).toEqual(expected({ practice: 'practice1', person, patient: 'patient1' }))
  })

  test('the event comes back as it was, apart from the response', async () => {
    const sent = event(patient)
    expect(await handler(sent)).toMatchObject({ ...sent, response: expect.anything() })
  })
})

describe('Who gets no token', () => {
  test.each([
    ['a provider of several practices who chose none', provider, undefined, noToken.choose],
    ['one who chose none of theirs', provider, { practice: 'practice3' }, noToken.notYours],
    ['one who chose all of theirs at once', provider, { practice: 'practice1 practice2' }, noToken.notYours],
    ['one who chose a part of one', provider, { practice: 'practice' }, noToken.notYours],
    ['one who chose nothing, in writing', provider, { practice: '' }, noToken.notYours],
    ['a provider without practices', { ...provider, 'custom:practices': ' ' }, undefined, noToken.notSetUp],
    ['one with a practice that is no id', { ...provider, 'custom:practices': 'practice1 *' }, { practice: '*' }, noToken.notSetUp],
    ['a patient without a patient id', { sub: subject, 'custom:practice': 'practice1' }, undefined, noToken.notSetUp],
    ['a patient of two practices', { ...patient, 'custom:practice': 'practice1 practice2' }, undefined, noToken.notSetUp],
    ['somebody who is both', { ...patient, ...provider }, { practice: 'practice1' }, noToken.notSetUp],
    ['somebody who is neither', { sub: subject }, { practice: 'practice1', patient: 'patient1' }, noToken.notSetUp],
    ['somebody without a subject', { 'custom:practices': 'practice1' }, undefined, noToken.notSetUp],
  ])('%s', async (_, attributes, metadata, words) => {
    await expect(handler(event(attributes as Record<string, string>, metadata))).rejects.toThrow(words)
  })

  test('anybody, when the pool sends events of version 1, whose claims cannot be objects', async () => {
    await expect(handler(event(patient, undefined, '1'))).rejects.toThrow(noToken.notSetUp)
  })

  test('the words hold nothing of what was sent', async () => {
    const refused = await handler(event(provider, { practice: 'hostile-value' })).catch((error: unknown) => error)
    expect(String(refused)).not.toContain('hostile')
  })
})

test('whatever an app sends along, a provider’s practice is one an administrator gave', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof(fc.constant('practice'), fc.string()), fc.oneof(fc.constant('practice2'), fc.string())),
      (clientMetadata) => {
        try {
          expect(['practice1', 'practice2']).toContain(claimsOf({ userAttributes: provider, clientMetadata })['practice'])
        } catch (error) {
          expect([noToken.choose, noToken.notYours]).toContain((error as Error).message)
        }
      },
    ),
  )
})

test('what is put in is what the exchange reads', () => {
  const payload = { exp: 1_800_000_000, ...claimsOf({ userAttributes: patient }) }
  const token = `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`
  const named = { id: person, role: 'patient', practice: 'practice1', patient: 'patient1' }
  expect(decodedClaims(token, 'patient')).toEqual({ person: named, expiresAt: 1_800_000_000_000 })
  expect(() => decodedClaims(token, 'provider')).toThrow('Sign in again.')
})
