import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { verdictEvents } from '../../../lambda/recovery/restore-test/env.ts'
import { logGroupName, nameOf, prefix } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { TellingAlarm } from '../constructs/telling-alarm.ts'

/** Jobs that should never fail: alarm, metric of AWS Backup by vault (AWS Backup Developer Guide, "AWS Backup metrics with CloudWatch"), and meaning. */
const failures = [
  ['BackupJobFailed', 'backup-job-failed', 'NumberOfBackupJobsFailed', 'A store could not be backed up.'],
  ['BackupJobExpired', 'backup-job-expired', 'NumberOfBackupJobsExpired', 'A backup did not start or finish in its window.'],
  ['CopyJobFailed', 'copy-job-failed', 'NumberOfCopyJobsFailed', 'A recovery point could not be copied out of the primary vault.'],
  ['RestoreJobFailed', 'restore-job-failed', 'NumberOfRestoreJobsFailed', 'A recovery point could not be restored.'],
] as const

const atLeastOnce = { comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, threshold: 1, silence: 'quiet' } as const
const never = { comparison: ComparisonOperator.LESS_THAN_THRESHOLD, threshold: 1, silence: 'rings' } as const

/**
 * Alarms on backups, copies and restore tests: on what fails, and on what no longer happens.
 * @returns the filters that count verdicts; they need the log group of the function that writes them
 */
export function recoveryAlarms(scope: Construct, config: EnvironmentConfig): readonly CfnMetricFilter[] {
  const ofVault = (metricName: string, period: Duration) =>
    new Metric({
      namespace: 'AWS/Backup',
      metricName,
      dimensionsMap: { BackupVaultName: nameOf(config, 'vault') },
      statistic: Stats.SUM,
      period,
    })
  for (const [id, what, metricName, meaning] of failures)
    new TellingAlarm(scope, id, { config, what, meaning, metric: ofVault(metricName, Duration.hours(1)), ...atLeastOnce })
  new TellingAlarm(scope, 'NoRecoveryPoint', {
    config,
    what: 'no-recovery-point-in-24h',
    meaning: 'No backup has completed for 24 hours.',
    metric: ofVault('NumberOfBackupJobsCompleted', Duration.hours(1)),
    periods: 24,
    ...never,
  })
  return verdictAlarms(scope, config)
}

function verdictAlarms(scope: Construct, config: EnvironmentConfig): CfnMetricFilter[] {
  new TellingAlarm(scope, 'RestoreTestFailed', {
    config,
    what: 'restore-test-failed',
    meaning: 'What a restore test restored is not sound: counts or record headers are wrong.',
    metric: verdictMetric(config, 'RestoreTestsFailed', Duration.minutes(5)),
    ...atLeastOnce,
  })
  new TellingAlarm(scope, 'RestoreTestQuiet', {
    config,
    what: 'restore-test-quiet',
    meaning: 'No restore test has passed for a week.',
    metric: verdictMetric(config, 'RestoreTestsPassed', Duration.days(1)),
    periods: 7,
    ...never,
  })
  return [
    verdictFilter(scope, 'FailedVerdicts', config, 'RestoreTestsFailed', verdictEvents.FAILED),
    verdictFilter(scope, 'PassedVerdicts', config, 'RestoreTestsPassed', verdictEvents.SUCCESSFUL),
  ]
}

type VerdictMetric = 'RestoreTestsFailed' | 'RestoreTestsPassed'

const verdictMetric = (config: EnvironmentConfig, metricName: VerdictMetric, period: Duration): Metric =>
  new Metric({ namespace: prefix(config), metricName, statistic: Stats.SUM, period })

// The runtime writes what `log` is given as the field `message` (CloudWatch Logs User Guide, "Filter pattern syntax").
const verdictFilter = (scope: Construct, id: string, config: EnvironmentConfig, metricName: VerdictMetric, word: string): CfnMetricFilter =>
  new CfnMetricFilter(scope, id, {
    filterName: nameOf(config, word),
    logGroupName: logGroupName(config, 'restore-test'),
    filterPattern: `{ $.message.event = "${word}" }`,
    metricTransformations: [{ metricNamespace: prefix(config), metricName, metricValue: '1', unit: 'Count' }],
  })
