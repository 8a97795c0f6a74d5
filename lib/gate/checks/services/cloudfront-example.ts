/** Properties of a distribution for examples, with parts of its configuration replaced. */
export const distribution = (part: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  DistributionConfig: {
    Enabled: true,
    Origins: [customOrigin()],
    DefaultCacheBehavior: behavior(),
    ...part,
  },
})

/** Behaviour of a distribution for examples. */
export const behavior = (part: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  TargetOriginId: 'application',
  ViewerProtocolPolicy: 'redirect-to-https',
  CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  ...part,
})

/** A custom origin for examples, reached over HTTPS. */
export const customOrigin = (configuration: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  Id: 'application',
  DomainName: 'application.example.com',
  CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], ...configuration },
})
