import type { ServiceResponse } from './exchange.ts'

/**
 * Headers of every response, whatever carries it (OWASP REST Security Cheat Sheet, "Security Headers"). Answers are patient data or say who is served:
 * no cache keeps them (RFC 9111, section 5.2.2.5), and no browser renders them.
 */
const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
} as const

/** Headers of a response. */
export const responseHeaders = ({ status }: Pick<ServiceResponse, 'status'>): Readonly<Record<string, string>> => ({
  // A server that answers 401 must say how to sign in (RFC 9110, section 11.6.1).
  ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json',
  ...securityHeaders,
})
