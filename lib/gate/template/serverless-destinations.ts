import { given, isCall, isRecord, recordOf, type Written } from './serverless-derived.ts'

/** An object in S3, as SAM takes it (a text or a map), as CloudFormation takes it. A path on a disk is uploaded before deployment. */
export function locationOf(uri: unknown): Written {
  const [, bucket, key] = typeof uri === 'string' ? (/^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? []) : []
  if (bucket !== undefined) return { S3Bucket: bucket, S3Key: key }
  return isRecord(uri) && !isCall(uri) ? given({ S3Bucket: uri.Bucket, S3Key: uri.Key, S3ObjectVersion: uri.Version }) : {}
}

/** Destinations without the `Type` that only SAM knows. SAM makes the queue or topic where none is named, so the destination is given either way. */
export function destinationsOf(config: unknown): unknown {
  if (!isRecord(config) || isCall(config)) return config
  return Object.fromEntries(
    Object.entries(config).map(([name, destination]) => {
      const { Type, Destination } = recordOf(destination)
      return [
        name,
        {
          Destination: Destination ?? {
            'Fn::Sub': `arn:\${AWS::Partition}:${String(Type).toLowerCase()}:\${AWS::Region}:\${AWS::AccountId}:made-by-sam`,
          },
        },
      ]
    }),
  )
}
