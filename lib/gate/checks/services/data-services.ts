import { isList, Unknown } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { fail, pass, undecided } from '../control.ts'
import { isGiven, isNoneOf, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { atRest, authentication, customerKey, exampleKey, inTransit, monitoring, notPublic, privateNetwork } from './safeguards.ts'

const fhir = { DatastoreTypeVersion: 'R4' } as const
const quicksight = { AwsAccountId: '111122223333', DataSourceId: 'clinic', Name: 'clinic', Type: 'POSTGRESQL' } as const
const airflow = { Name: 'clinic' } as const
const bot = {
  Name: 'clinic',
  RoleArn: 'arn:aws:iam::111122223333:role/lex',
  IdleSessionTTLInSeconds: 300,
  DataPrivacy: { ChildDirected: false },
} as const
const alias = { BotId: 'ABCDEFGHIJ', BotAliasName: 'live' } as const
const log = { Enabled: true, LogLevel: 'INFO' } as const
const pipeline = { PipelineName: 'clinic', MinUnits: 1, MaxUnits: 4, PipelineConfigurationBody: 'version: "2"' } as const
const lake = 'AWS::LakeFormation::DataLakeSettings'
const everybody = [{ Principal: { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' }, Permissions: ['ALL'] }] as const

const rows = propertyControls([
  {
    ...customerKey,
    id: 'healthlake-datastore-customer-key',
    title: "HealthLake data stores are encrypted with a customer's key",
    why: 'Whole health records lie under a key that AWS owns, which nobody sees used and nobody can disable.',
    remedy: 'Set SseConfiguration.KmsEncryptionConfig with CmkType CUSTOMER_MANAGED_KMS_KEY and a KmsKeyId.',
    type: 'AWS::HealthLake::FHIRDatastore',
    path: 'SseConfiguration.KmsEncryptionConfig.CmkType',
    expect: isOneOf('CUSTOMER_MANAGED_KMS_KEY'),
    passing: { ...fhir, SseConfiguration: { KmsEncryptionConfig: { CmkType: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: exampleKey } } },
    failing: fhir,
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'healthlake-datastore-fine-grained',
    title: 'HealthLake data stores that take SMART on FHIR check each scope',
    why: 'Without fine-grained authorization a token for one patient opens the records of all.',
    remedy: 'Set IdentityProviderConfiguration.FineGrainedAuthorizationEnabled to true.',
    type: 'AWS::HealthLake::FHIRDatastore',
    path: 'IdentityProviderConfiguration.FineGrainedAuthorizationEnabled',
    expect: isOn,
    absent: 'fails',
    when: { path: 'IdentityProviderConfiguration.AuthorizationStrategy', expect: isOneOf('SMART_ON_FHIR_V1', 'SMART_ON_FHIR') },
    passing: {
      ...fhir,
      IdentityProviderConfiguration: { AuthorizationStrategy: 'SMART_ON_FHIR_V1', FineGrainedAuthorizationEnabled: true },
    },
    failing: { ...fhir, IdentityProviderConfiguration: { AuthorizationStrategy: 'SMART_ON_FHIR_V1' } },
  },
  {
    ...inTransit,
    id: 'quicksight-data-source-tls',
    title: 'QuickSight reaches its data sources over TLS',
    why: 'Every record that a dashboard shows crosses the network in the clear.',
    remedy: 'Set SslProperties.DisableSsl to false, or leave it out.',
    type: 'AWS::QuickSight::DataSource',
    path: 'SslProperties.DisableSsl',
    expect: isOff,
    absent: 'passes',
    passing: quicksight,
    failing: { ...quicksight, SslProperties: { DisableSsl: true } },
  },
  {
    ...notPublic,
    severity: 'high',
    id: 'mwaa-webserver-public',
    title: 'The web server of managed Airflow cannot be reached from the internet',
    why: 'The web server shows connections and runs code; one hole in Airflow then opens everything its role may do.',
    remedy: 'Set WebserverAccessMode to PRIVATE_ONLY.',
    type: 'AWS::MWAA::Environment',
    path: 'WebserverAccessMode',
    expect: isOneOf('PRIVATE_ONLY'),
    absent: 'passes',
    passing: { ...airflow, WebserverAccessMode: 'PRIVATE_ONLY' },
    failing: { ...airflow, WebserverAccessMode: 'PUBLIC_ONLY' },
  },
  ...(['DagProcessing', 'Scheduler', 'Task', 'Webserver', 'Worker'] as const).map((kind) => {
    const path = `LoggingConfiguration.${kind}Logs.Enabled`
    return {
      ...monitoring,
      severity: 'low' as const,
      id: `mwaa-${kind.toLowerCase()}-logs`,
      title: `Managed Airflow keeps the logs of ${{ DagProcessing: 'its reading of workflows', Scheduler: 'its scheduler', Task: 'its tasks', Webserver: 'its web server', Worker: 'its workers' }[kind]}`,
      why: 'What was run, by whom, and why it failed, cannot be found out.',
      remedy: `Set ${path} to true.`,
      type: 'AWS::MWAA::Environment',
      path,
      expect: isOn,
      absent: 'fails' as const,
      passing: { ...airflow, LoggingConfiguration: { [`${kind}Logs`]: log } },
      failing: airflow,
    }
  }),
  {
    ...monitoring,
    id: 'lex-alias-conversation-logs',
    title: 'Aliases of Lex bots log conversations',
    why: 'What the bot was asked and what it did for whom leaves no record.',
    remedy: 'Set ConversationLogSettings.TextLogSettings with a log group that is encrypted.',
    type: 'AWS::Lex::BotAlias',
    path: 'ConversationLogSettings.TextLogSettings',
    expect: isGiven,
    absent: 'fails',
    passing: {
      ...alias,
      ConversationLogSettings: {
        TextLogSettings: [
          {
            Enabled: true,
            Destination: { CloudWatch: { CloudWatchLogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:lex', LogPrefix: 'lex' } },
          },
        ],
      },
    },
    failing: alias,
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'lex-alias-audio-customer-key',
    title: 'Audio that Lex keeps is encrypted with a key that is named',
    why: 'Voices of patients lie in a bucket, under whatever key that has.',
    remedy: 'Set AudioLogSettings[].Destination.S3Bucket.KmsKeyArn.',
    type: 'AWS::Lex::BotAlias',
    path: 'ConversationLogSettings.AudioLogSettings.*.Destination.S3Bucket.KmsKeyArn',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'ConversationLogSettings.AudioLogSettings', expect: isGiven },
    passing: {
      ...alias,
      ConversationLogSettings: {
        AudioLogSettings: [
          { Enabled: true, Destination: { S3Bucket: { S3BucketArn: 'arn:aws:s3:::clinic', LogPrefix: 'lex', KmsKeyArn: exampleKey } } },
        ],
      },
    },
    failing: {
      ...alias,
      ConversationLogSettings: {
        AudioLogSettings: [{ Enabled: true, Destination: { S3Bucket: { S3BucketArn: 'arn:aws:s3:::clinic', LogPrefix: 'lex' } } }],
      },
    },
  },
  {
    ...authentication,
    severity: 'low',
    citations: ['164.312(a)(2)(iii)'],
    id: 'lex-bot-session-length',
    title: 'Lex bots forget a session after an hour at most',
    why: 'Who takes up the device finds the conversation of whoever had it before.',
    remedy: 'Set IdleSessionTTLInSeconds to 3600 or less.',
    type: 'AWS::Lex::Bot',
    path: 'IdleSessionTTLInSeconds',
    expect: (seconds) => (typeof seconds === 'number' || typeof seconds === 'string' ? Number(seconds) <= 3600 : undefined),
    absent: 'does not apply',
    passing: bot,
    failing: { ...bot, IdleSessionTTLInSeconds: 86400 },
  },
  {
    ...monitoring,
    id: 'connect-instance-flow-logs',
    title: 'Connect instances log their contact flows',
    why: 'What a caller was asked, answered and given cannot be found out.',
    remedy: 'Set Attributes.ContactflowLogs to true.',
    type: 'AWS::Connect::Instance',
    path: 'Attributes.ContactflowLogs',
    expect: isOn,
    absent: 'fails',
    passing: { IdentityManagementType: 'SAML', Attributes: { InboundCalls: true, OutboundCalls: true, ContactflowLogs: true } },
    failing: { IdentityManagementType: 'SAML', Attributes: { InboundCalls: true, OutboundCalls: true } },
  },
  {
    ...authentication,
    severity: 'low',
    id: 'connect-instance-identities',
    title: 'Agents of Connect sign in by your own directory',
    why: 'Users that live inside Connect outlive those who left, and no multi-factor policy of yours reaches them.',
    remedy: 'Set IdentityManagementType to SAML or EXISTING_DIRECTORY.',
    type: 'AWS::Connect::Instance',
    path: 'IdentityManagementType',
    expect: isNoneOf('CONNECT_MANAGED'),
    absent: 'fails',
    passing: { IdentityManagementType: 'SAML', Attributes: { InboundCalls: true, OutboundCalls: true } },
    failing: { IdentityManagementType: 'CONNECT_MANAGED', Attributes: { InboundCalls: true, OutboundCalls: true } },
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'databrew-job-encrypted',
    title: 'DataBrew jobs say how their output is encrypted',
    why: 'Cleaned copies of records take whatever the bucket happens to have.',
    remedy: 'Set EncryptionMode.',
    type: 'AWS::DataBrew::Job',
    path: 'EncryptionMode',
    expect: isGiven,
    absent: 'fails',
    passing: {
      Name: 'clinic',
      RoleArn: 'arn:aws:iam::111122223333:role/databrew',
      Type: 'PROFILE',
      DatasetName: 'patients',
      OutputLocation: { Bucket: 'clinic' },
      EncryptionMode: 'SSE-S3',
    },
    failing: {
      Name: 'clinic',
      RoleArn: 'arn:aws:iam::111122223333:role/databrew',
      Type: 'PROFILE',
      DatasetName: 'patients',
      OutputLocation: { Bucket: 'clinic' },
    },
  },
  {
    ...privateNetwork,
    id: 'osis-pipeline-in-vpc',
    title: 'OpenSearch Ingestion pipelines stand in a VPC',
    why: 'The endpoint that takes records is otherwise on the internet.',
    remedy: 'Set VpcOptions.SubnetIds.',
    type: 'AWS::OSIS::Pipeline',
    path: 'VpcOptions.SubnetIds',
    expect: isGiven,
    absent: 'fails',
    passing: { ...pipeline, VpcOptions: { SubnetIds: ['subnet-0123456789abcdef0'] } },
    failing: pipeline,
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'osis-pipeline-logs',
    title: 'OpenSearch Ingestion pipelines publish their logs',
    why: 'Records that were dropped leave no trace.',
    remedy: 'Set LogPublishingOptions.IsLoggingEnabled to true, with a log group.',
    type: 'AWS::OSIS::Pipeline',
    path: 'LogPublishingOptions.IsLoggingEnabled',
    expect: isOn,
    absent: 'fails',
    passing: {
      ...pipeline,
      LogPublishingOptions: { IsLoggingEnabled: true, CloudWatchLogDestination: { LogGroup: '/aws/vendedlogs/clinic' } },
    },
    failing: pipeline,
  },
  {
    ...authentication,
    topic: 'iam-privilege',
    severity: 'medium',
    id: 'lakeformation-full-external-access',
    title: 'Lake Formation does not hand whole tables to other engines',
    why: 'Engines outside AWS that fetch full tables apply no filters by row or column.',
    remedy: 'Set AllowFullTableExternalDataAccess to false, or leave it out.',
    type: lake,
    path: 'AllowFullTableExternalDataAccess',
    expect: isOff,
    absent: 'passes',
    passing: { Admins: [{ DataLakePrincipalIdentifier: 'arn:aws:iam::111122223333:role/lake' }] },
    failing: { AllowFullTableExternalDataAccess: true },
  },
])

const defaults = (['CreateDatabaseDefaultPermissions', 'CreateTableDefaultPermissions'] as const).map((path): ResourceControl => {
  const what = path.includes('Database') ? 'databases' : 'tables'
  return {
    ...authentication,
    topic: 'iam-privilege',
    severity: 'medium',
    id: `lakeformation-default-${what}`,
    title: `New ${what} of the data lake are guarded by Lake Formation, not by IAM alone`,
    why: `Every identity whose IAM policy allows Glue reads the new ${what}; what Lake Formation grants means nothing there.`,
    remedy: `Set ${path} to an empty list.`,
    types: [lake],
    judge: (settings) => {
      const granted = settings.get(path)
      if (granted instanceof Unknown) return undecided(path, granted.reason)
      if (granted === undefined) return pass(path, undefined)
      const open = settings
        .at(`${path}.*.Principal.DataLakePrincipalIdentifier`)
        .some(({ value }) => value === 'IAM_ALLOWED_PRINCIPALS' || value === 'EVERYONE')
      return open && isList(granted) ? fail(path, granted) : pass(path, granted)
    },
    passing: { Lake: { Type: lake, Properties: { [path]: [] } } },
    failing: { Lake: { Type: lake, Properties: { [path]: everybody } } },
  }
})

const grants = ['AWS::LakeFormation::Permissions', 'AWS::LakeFormation::PrincipalPermissions'] as const

/** Controls on services that hold or move data, where a file for each would be too small. */
export const dataServiceControls: readonly ResourceControl[] = [
  ...rows,
  ...defaults,
  {
    ...authentication,
    topic: 'iam-privilege',
    id: 'lakeformation-grant-everybody',
    title: 'Permissions of Lake Formation name their principals',
    why: 'A grant to IAM_ALLOWED_PRINCIPALS opens the data to every identity whose IAM policy allows Glue.',
    remedy: 'Name a role, user or group as the principal.',
    types: grants,
    judge: (permission) => {
      const path = permission.type === grants[0] ? 'DataLakePrincipal.DataLakePrincipalIdentifier' : 'Principal.DataLakePrincipalIdentifier'
      const principal = permission.get(path)
      if (principal instanceof Unknown) return undecided(path, principal.reason)
      return principal === 'IAM_ALLOWED_PRINCIPALS' || principal === 'EVERYONE' ? fail(path, principal) : pass(path, principal)
    },
    passing: permissions('arn:aws:iam::111122223333:role/analyst'),
    failing: permissions('IAM_ALLOWED_PRINCIPALS'),
  },
]

function permissions(principal: string) {
  return {
    Grant: {
      Type: grants[0],
      Properties: {
        DataLakePrincipal: { DataLakePrincipalIdentifier: principal },
        Resource: { DatabaseResource: { Name: 'clinic' } },
        Permissions: ['DESCRIBE'],
      },
    },
  } as const
}
