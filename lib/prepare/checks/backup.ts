import type { EnvironmentConfig } from '../../config/schema.ts'
import type { BackupSettings } from '../aws/service-facts.ts'
import { type AccountDuty, type Check, type Judgement, mend, ok, read } from '../check.ts'

/** What AWS Backup must be set to wherever recovery points are made or copied to. */
export function backupChecks(config: EnvironmentConfig, duties: readonly AccountDuty[]): readonly Check[] {
  const { primary, recovery } = config.regions
  // Copies go to the second Region of the workload account and to the primary one of the recovery account.
  const regions = duties.includes('workload') ? [primary, ...(recovery === undefined ? [] : [recovery])] : [primary]
  const duty = duties.includes('workload') ? 'workload' : 'recovery'
  return duties.includes('workload') || duties.includes('recovery') ? regions.map((region) => settings(duty, region)) : []
}

const settings = (duty: AccountDuty, region: string): Check => ({
  id: 'backup-settings',
  duty,
  region,
  title: 'AWS Backup backs up tables and buckets, and manages their copies fully',
  why: 'A recovery point of a table that AWS Backup does not manage fully has no key and no lock of its own and cannot go to another account.',
  evidence: read('backup:DescribeRegionSettings', (reader) => reader.backupSettings(region), judgeBackup),
  look: `aws backup describe-region-settings --region ${region}`,
  mend: [
    {
      run: `aws backup update-region-settings --resource-type-opt-in-preference DynamoDB=true,S3=true --resource-type-management-preference DynamoDB=true --region ${region}`,
    },
  ],
})

/** DynamoDB's advanced features are its full management (AWS Backup Developer Guide, "Advanced DynamoDB backup"). */
function judgeBackup({ optedIn, managed }: BackupSettings): Judgement {
  const wrong = [
    ...['DynamoDB', 'S3'].filter((type) => optedIn[type] !== true).map((type) => `${type} is not opted in`),
    ...(managed.DynamoDB === true ? [] : ['advanced features of DynamoDB backups are off']),
  ]
  return wrong.length === 0 ? ok('Both are opted in, DynamoDB with its advanced features.') : mend(`Found: ${wrong.join('; ')}.`)
}
