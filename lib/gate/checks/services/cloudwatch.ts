import type { ResourceControl } from '../control.ts'
import { isGiven, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { alarmActionCheck } from './alarm-action-check.ts'
import { alarmActions } from './alarm-actions.ts'
import { lesserMonitoring, operatorsKey } from './platform-safeguards.ts'
import { exampleKey, hygiene, monitoring, privateNetwork } from './safeguards.ts'

const alarm = {
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 1,
  MetricName: 'Errors',
  Namespace: 'Records',
  Period: 60,
  Statistic: 'Sum',
  Threshold: 1,
}
const topic = 'arn:aws:sns:us-east-1:111122223333:on-call'
const workspace = { AccountAccessType: 'CURRENT_ACCOUNT', AuthenticationProviders: ['AWS_SSO'], PermissionType: 'SERVICE_MANAGED' }
const canary = {
  Name: 'sign-in',
  ArtifactS3Location: 's3://canary-results',
  Code: { Handler: 'index.handler', S3Bucket: 'code', S3Key: 'canary.zip' },
  ExecutionRoleArn: 'arn:aws:iam::111122223333:role/canary',
  RuntimeVersion: 'syn-nodejs-puppeteer-9.1',
  Schedule: { Expression: 'rate(5 minutes)' },
}
const scraper = {
  Destination: { AmpConfiguration: { WorkspaceArn: 'arn:aws:aps:us-east-1:111122223333:workspace/ws-1' } },
  ScrapeConfiguration: { ConfigurationBlob: 'c2NyYXBl' },
  Source: { EksConfiguration: { ClusterArn: 'arn:aws:eks:us-east-1:111122223333:cluster/records', SubnetIds: ['subnet-11111111'] } },
}

const rows = propertyControls([
  {
    ...monitoring,
    id: 'cloudwatch-alarm-actions-enabled',
    title: 'CloudWatch alarms have their actions switched on',
    why: 'Actions are switched off for maintenance and forgotten: the alarm goes off and tells nobody.',
    remedy: 'Leave ActionsEnabled out, or set it to true.',
    type: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
    path: 'ActionsEnabled',
    expect: isOn,
    absent: 'passes',
    passing: { ...alarm, ActionsEnabled: true },
    failing: { ...alarm, ActionsEnabled: false },
  },
  {
    ...lesserMonitoring,
    id: 'cloudwatch-alarm-insufficient-data-actions',
    title: 'CloudWatch alarms tell somebody when their metric falls silent',
    why: 'A dead system sends no metric. Unless missing data counts for something, the alarm only says that it has too little data, and to nobody.',
    remedy: 'Set InsufficientDataActions, or say in TreatMissingData what missing data means.',
    type: 'AWS::CloudWatch::Alarm',
    path: 'InsufficientDataActions',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'TreatMissingData', expect: isOneOf('missing'), absent: 'applies' },
    passing: { ...alarm, InsufficientDataActions: [topic] },
    failing: alarm,
  },
  {
    ...operatorsKey,
    id: 'synthetics-canary-customer-key',
    title: 'Synthetics canaries encrypt their results under a key that the customer manages',
    why: 'Results hold screenshots and answers of the application that the canary visits.',
    remedy: 'Set ArtifactConfig.S3Encryption.KmsKeyArn to a KMS key of your own.',
    type: 'AWS::Synthetics::Canary',
    path: 'ArtifactConfig.S3Encryption.KmsKeyArn',
    passing: { ...canary, ArtifactConfig: { S3Encryption: { EncryptionMode: 'SSE_KMS', KmsKeyArn: exampleKey } } },
    failing: canary,
  },
  {
    ...lesserMonitoring,
    id: 'synthetics-canary-tracing',
    title: 'Synthetics canaries are traced',
    why: 'With a trace, a failing visit shows which service behind the page failed.',
    remedy: 'Set RunConfig.ActiveTracing to true.',
    type: 'AWS::Synthetics::Canary',
    path: 'RunConfig.ActiveTracing',
    expect: isOn,
    absent: 'fails',
    passing: { ...canary, RunConfig: { ActiveTracing: true } },
    failing: canary,
  },
  {
    ...lesserMonitoring,
    id: 'rum-app-monitor-logs',
    title: 'CloudWatch RUM keeps what it measures in CloudWatch Logs',
    why: 'Without a copy the events are gone after 30 days.',
    remedy: 'Set CwLogEnabled to true.',
    type: 'AWS::RUM::AppMonitor',
    path: 'CwLogEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { Name: 'portal', Domain: 'portal.example.org', CwLogEnabled: true },
    failing: { Name: 'portal', Domain: 'portal.example.org' },
  },
  {
    ...lesserMonitoring,
    id: 'xray-group-insights',
    title: 'X-Ray groups look for faults by themselves',
    why: 'Insights notice when a service starts to fail more often than it used to.',
    remedy: 'Set InsightsConfiguration.InsightsEnabled to true.',
    type: 'AWS::XRay::Group',
    path: 'InsightsConfiguration.InsightsEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { GroupName: 'records', InsightsConfiguration: { InsightsEnabled: true } },
    failing: { GroupName: 'records' },
  },
  {
    ...lesserMonitoring,
    id: 'aps-workspace-rule-logs',
    title: 'Prometheus workspaces log what becomes of their rules and alerts',
    why: 'An alert that could not be sent shows in this log only.',
    remedy: 'Set LoggingConfiguration.LogGroupArn.',
    type: 'AWS::APS::Workspace',
    path: 'LoggingConfiguration.LogGroupArn',
    expect: isGiven,
    absent: 'fails',
    passing: { LoggingConfiguration: { LogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:prometheus:*' } },
    failing: {},
  },
  {
    ...lesserMonitoring,
    id: 'aps-workspace-query-logs',
    title: 'Prometheus workspaces log costly queries',
    why: 'Who reads a whole workspace at once shows in the log of queries.',
    remedy: 'Set QueryLoggingConfiguration.Destinations.',
    type: 'AWS::APS::Workspace',
    path: 'QueryLoggingConfiguration.Destinations',
    expect: isGiven,
    absent: 'fails',
    passing: {
      QueryLoggingConfiguration: {
        Destinations: [
          { CloudWatchLogs: { LogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:queries:*' }, Filters: { QspThreshold: 1000 } },
        ],
      },
    },
    failing: {},
  },
  {
    ...lesserMonitoring,
    id: 'aps-scraper-logs',
    title: 'Prometheus scrapers log what they fail to collect',
    why: 'A target that is not collected any more looks like one that is well.',
    remedy: 'Set ScraperLoggingConfiguration.',
    type: 'AWS::APS::Scraper',
    path: 'ScraperLoggingConfiguration.LoggingDestination.CloudWatchLogs.LogGroupArn',
    expect: isGiven,
    absent: 'fails',
    passing: {
      ...scraper,
      ScraperLoggingConfiguration: {
        LoggingDestination: { CloudWatchLogs: { LogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/vendedlogs/scraper:*' } },
        ScraperComponents: [{ Type: 'COLLECTOR' }],
      },
    },
    failing: scraper,
  },
  {
    ...privateNetwork,
    id: 'grafana-workspace-network-access',
    title: 'Grafana workspaces are reached from known networks only',
    why: 'Without a list of networks the sign-in page of the workspace stands open to the internet.',
    remedy: 'Set NetworkAccessControl with prefix lists or VPC endpoints.',
    type: 'AWS::Grafana::Workspace',
    path: 'NetworkAccessControl',
    expect: isGiven,
    absent: 'fails',
    passing: { ...workspace, NetworkAccessControl: { PrefixListIds: ['pl-11111111'], VpceIds: ['vpce-11111111'] } },
    failing: workspace,
  },
  {
    ...hygiene,
    id: 'grafana-workspace-plugins-fixed',
    title: 'Grafana workspaces let no administrator install plugins',
    why: 'A plugin is a program of somebody else that runs beside every data source of the workspace.',
    remedy: 'Leave PluginAdminEnabled out, or set it to false.',
    type: 'AWS::Grafana::Workspace',
    path: 'PluginAdminEnabled',
    expect: isOff,
    absent: 'passes',
    passing: { ...workspace, PluginAdminEnabled: false },
    failing: { ...workspace, PluginAdminEnabled: true },
  },
])

/** Controls on CloudWatch and what measures beside it: alarms, canaries, Prometheus, Grafana, X-Ray. */
export const cloudWatchControls: readonly ResourceControl[] = [alarmActions, alarmActionCheck, ...rows]
