import { joinControls } from '../across-types.ts'
import type { ResourceControl } from '../control.ts'
import { amazonMqControls } from './amazon-mq.ts'
import { athenaControls } from './athena.ts'
import { bedrockControls } from './bedrock.ts'
import { dataServiceControls } from './data-services.ts'
import { dataStoreJoins } from './data-store-joins.ts'
import { desktopControls } from './desktops.ts'
import { dmsControls } from './dms.ts'
import { docdbControls } from './docdb.ts'
import { elasticacheControls } from './elasticache.ts'
import { emrControls } from './emr.ts'
import { firehoseControls } from './firehose.ts'
import { glueControls } from './glue.ts'
import { kinesisControls } from './kinesis.ts'
import { ledgerControls } from './ledgers.ts'
import { memorydbControls } from './memorydb.ts'
import { moreInBackupPlanControls } from './more-in-backup-plan.ts'
import { mskControls } from './msk.ts'
import { neptuneControls } from './neptune.ts'
import { opensearchControls } from './opensearch.ts'
import { opensearchServerlessControls } from './opensearch-serverless.ts'
import { rdsClusterControls } from './rds-cluster.ts'
import { rdsInstanceControls } from './rds-instance.ts'
import { rdsLogExportControls } from './rds-log-exports.ts'
import { rdsOptionControls } from './rds-options.ts'
import { rdsParameterLogControls } from './rds-parameter-logs.ts'
import { rdsSurroundingControls } from './rds-surroundings.ts'
import { rdsTlsControls } from './rds-tls.ts'
import { rdsVersionControls } from './rds-versions.ts'
import { redshiftControls } from './redshift.ts'
import { redshiftServerlessControls } from './redshift-serverless.ts'
import { engineVersionControls } from './reviewed-engine-versions.ts'
import { subnetGroupControls } from './reviewed-subnet-groups.ts'
import { sagemakerControls } from './sagemaker.ts'
import { serviceKeyControls } from './service-keys.ts'

/** Controls on databases, warehouses, caches, search, streams, analytics and machine learning. */
export const dataStoreControls: readonly ResourceControl[] = joinControls(
  [
    ...rdsInstanceControls,
    ...rdsClusterControls,
    ...moreInBackupPlanControls,
    ...rdsTlsControls,
    ...rdsLogExportControls,
    ...rdsParameterLogControls,
    ...rdsOptionControls,
    ...rdsVersionControls,
    ...rdsSurroundingControls,
    ...docdbControls,
    ...neptuneControls,
    ...redshiftControls,
    ...redshiftServerlessControls,
    ...elasticacheControls,
    ...memorydbControls,
    ...opensearchControls,
    ...opensearchServerlessControls,
    ...kinesisControls,
    ...firehoseControls,
    ...mskControls,
    ...amazonMqControls,
    ...dmsControls,
    ...athenaControls,
    ...glueControls,
    ...emrControls,
    ...ledgerControls,
    ...sagemakerControls,
    ...bedrockControls,
    ...dataServiceControls,
    ...desktopControls,
    ...serviceKeyControls,
    ...engineVersionControls,
    ...subnetGroupControls,
  ],
  dataStoreJoins,
)
