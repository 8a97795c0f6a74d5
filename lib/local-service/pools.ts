/** Where a token comes from: the providers' pool, the patients' pool, or the client of the answering line. */
export type Pool = 'provider' | 'patient' | 'line'

/** Issuer and audience of each pool's tokens. They name no address, so that tokens hold on any port. */
export const pools = {
  provider: { issuer: 'urn:safe-harbor:local:providers', audience: 'providers-app' },
  patient: { issuer: 'urn:safe-harbor:local:patients', audience: 'patients-app' },
  line: { issuer: 'urn:safe-harbor:local:line', audience: '4k2nd8v7q1mzt5x0hj9rwc3bye' },
} as const satisfies Record<Pool, { readonly issuer: string; readonly audience: string }>

/** How long a token holds, in seconds. */
export const tokenSeconds = 900
