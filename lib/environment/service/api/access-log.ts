/**
 * A line of the access log. It has the route but not the path, whose ids would say which call; no query and no header; and the person by the opaque id of their
 * account. The address is kept, as without it nobody could say afterwards who came.
 */
export const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  refusal: '$context.error.responseType',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integration.latency',
  functionStatus: '$context.integration.status',
  firewall: '$context.waf.status',
  person: '$context.authorizer.claims.sub',
  address: '$context.identity.sourceIp',
  tls: '$context.tlsVersion',
  cipher: '$context.cipherSuite',
})
