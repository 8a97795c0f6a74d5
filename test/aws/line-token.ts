/**
 * The answering line's access token (RFC 6749, section 4.4, client credentials).
 * @param endpoint of the emulator, where in AWS the domain of the pool would be
 */
export async function lineToken(endpoint: string, clientId: string, clientSecret: string): Promise<string> {
  const response = await fetch(`${endpoint}/oauth2/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'line/calls.write' }),
  })
  const { access_token: token } = (await response.json()) as { access_token?: string }
  if (token === undefined) throw new Error(`The answering line got no token: ${response.status}.`)
  return token
}
