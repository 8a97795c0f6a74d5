import { joinControls } from '../across-types.ts'
import type { ResourceControl } from '../control.ts'
import { backupControls } from './backup.ts'
import { cloudfrontControls } from './cloudfront.ts'
import { cloudfrontHeaderControls } from './cloudfront-headers.ts'
import { cloudfrontOriginControls } from './cloudfront-origins.ts'
import { datasyncControls } from './datasync.ts'
import { daxControls } from './dax.ts'
import { dynamodbGlobalTableControls } from './dynamodb-global-table.ts'
import { dynamodbScalingControls } from './dynamodb-scaling.ts'
import { dynamodbTableControls } from './dynamodb-table.ts'
import { efsControls } from './efs.ts'
import { fsxControls } from './fsx.ts'
import { s3AccessPointControls } from './s3-access-points.ts'
import { s3BucketControls } from './s3-bucket.ts'
import { s3BucketAccessControls } from './s3-bucket-access.ts'
import { s3BucketLoggingControls } from './s3-bucket-logging.ts'
import { s3BucketPolicyControls } from './s3-bucket-policy.ts'
import { s3TransportControls } from './s3-bucket-policy-transport.ts'
import { s3OtherStoreControls } from './s3-other-stores.ts'
import { storageGatewayControls } from './storage-gateway.ts'
import { storageJoins } from './storage-joins.ts'
import { transferControls } from './transfer.ts'

/** Controls on stores of files and records, on copies of them, and on the ways in which files are handed out and moved. */
export const storageControls: readonly ResourceControl[] = joinControls(
  [
    ...s3BucketControls,
    ...s3BucketAccessControls,
    ...s3BucketLoggingControls,
    ...s3TransportControls,
    ...s3BucketPolicyControls,
    ...s3AccessPointControls,
    ...s3OtherStoreControls,
    ...dynamodbTableControls,
    ...dynamodbScalingControls,
    ...dynamodbGlobalTableControls,
    ...daxControls,
    ...backupControls,
    ...efsControls,
    ...fsxControls,
    ...cloudfrontControls,
    ...cloudfrontOriginControls,
    ...cloudfrontHeaderControls,
    ...storageGatewayControls,
    ...datasyncControls,
    ...transferControls,
  ],
  storageJoins,
)
