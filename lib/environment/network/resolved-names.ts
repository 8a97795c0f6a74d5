import { bucketName } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { type EndpointName, endpointNames, reachedBuckets } from './endpoint-policies.ts'

/**
 * The names that functions ask the resolver for, in full: the host names the AWS SDK builds for the services that have an endpoint.
 * No wildcard is among them, so that nothing can be told to a name server outside by asking for a made-up name.
 */
export const resolvedNames = (config: EnvironmentConfig): string[] => endpointNames.flatMap((endpoint) => hosts[endpoint](config))

const regional =
  (service: EndpointName) =>
  ({ regions }: EnvironmentConfig): string[] => [`${service}.${regions.primary}.amazonaws.com`]

const hosts = {
  backup: regional('backup'),
  // The SDK prefers the endpoint of the account when the credentials name it (AWS SDKs and Tools Reference Guide, "Account-based endpoints").
  dynamodb: (config) => [...regional('dynamodb')(config), `${config.accounts.workload}.ddb.${config.regions.primary}.amazonaws.com`],
  kms: regional('kms'),
  logs: regional('logs'),
  // Buckets are addressed by host name (Amazon S3 User Guide, "Virtual hosting of general purpose buckets").
  s3: (config) =>
    Object.entries(reachedBuckets).map(
      ([bucket, duty]) => `${bucketName(config, bucket, duty)}.s3.${config.regions.primary}.amazonaws.com`,
    ),
  'sms-voice': regional('sms-voice'),
  sns: regional('sns'),
  sts: regional('sts'),
} satisfies Record<EndpointName, (config: EnvironmentConfig) => string[]>
