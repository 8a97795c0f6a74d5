import type { ResourceControl } from '../control.ts'
import { isGiven, isOff, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { atRest, customerKey, exampleKey, monitoring } from './safeguards.ts'

const type = 'AWS::Athena::WorkGroup'
const results = {
  OutputLocation: 's3://clinic-results/',
  EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: exampleKey },
} as const
const good = { Name: 'clinic', WorkGroupConfiguration: { EnforceWorkGroupConfiguration: true, ResultConfiguration: results } } as const
const managed = { path: 'WorkGroupConfiguration.ManagedQueryResultsConfiguration.Enabled', expect: isOff, absent: 'applies' } as const

/** Controls on Athena. */
export const athenaControls: readonly ResourceControl[] = propertyControls([
  {
    ...atRest,
    id: 'athena-workgroup-results-encrypted',
    title: 'Athena workgroups say how results are encrypted',
    why: 'Results are copies of records, written to a bucket that often has weaker guards than the data they come from.',
    remedy: 'Set WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.',
    type,
    path: 'WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption',
    expect: isGiven,
    absent: 'fails',
    when: managed,
    passing: good,
    failing: { Name: 'clinic' },
  },
  {
    ...customerKey,
    id: 'athena-workgroup-results-customer-key',
    title: "Results of Athena workgroups are encrypted with a customer's key",
    why: 'Without a key of your own every reader of the bucket reads the results.',
    remedy: 'Set EncryptionOption to SSE_KMS or CSE_KMS, with a KmsKey of your own.',
    type,
    path: 'WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.KmsKey',
    when: managed,
    passing: good,
    failing: {
      Name: 'clinic',
      WorkGroupConfiguration: {
        ResultConfiguration: { OutputLocation: 's3://clinic-results/', EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
      },
    },
  },
  {
    ...customerKey,
    id: 'athena-workgroup-managed-results-customer-key',
    title: "Results that Athena keeps itself are encrypted with a customer's key",
    why: 'Results are copies of records, under a key that AWS owns and nobody sees used.',
    remedy: 'Set ManagedQueryResultsConfiguration.EncryptionConfiguration.KmsKey.',
    type,
    path: 'WorkGroupConfiguration.ManagedQueryResultsConfiguration.EncryptionConfiguration.KmsKey',
    when: { path: 'WorkGroupConfiguration.ManagedQueryResultsConfiguration.Enabled', expect: isOn },
    passing: {
      Name: 'clinic',
      WorkGroupConfiguration: { ManagedQueryResultsConfiguration: { Enabled: true, EncryptionConfiguration: { KmsKey: exampleKey } } },
    },
    failing: { Name: 'clinic', WorkGroupConfiguration: { ManagedQueryResultsConfiguration: { Enabled: true } } },
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'athena-workgroup-enforced',
    title: 'Athena workgroups override the settings of clients',
    why: 'Otherwise a client may write results to a bucket of its own choice, without encryption.',
    remedy: 'Set WorkGroupConfiguration.EnforceWorkGroupConfiguration to true, or leave it out.',
    type,
    path: 'WorkGroupConfiguration.EnforceWorkGroupConfiguration',
    expect: isOn,
    absent: 'passes',
    passing: good,
    failing: { Name: 'clinic', WorkGroupConfiguration: { EnforceWorkGroupConfiguration: false } },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'athena-workgroup-metrics',
    title: 'Athena workgroups publish metrics of their queries',
    why: 'Queries that read far more than usual are not noticed.',
    remedy: 'Set WorkGroupConfiguration.PublishCloudWatchMetricsEnabled to true.',
    type,
    path: 'WorkGroupConfiguration.PublishCloudWatchMetricsEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { Name: 'clinic', WorkGroupConfiguration: { PublishCloudWatchMetricsEnabled: true } },
    failing: { Name: 'clinic', WorkGroupConfiguration: { PublishCloudWatchMetricsEnabled: false } },
  },
])
