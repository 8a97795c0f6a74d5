import type { Resource } from '../../template/resource.ts'
import { isMap, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isNoneOf, isOff, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { codeBuildSecrets } from './codebuild-secrets.ts'
import { eachPresent } from './each-present.ts'
import { containment, operatorsKey, softwareHealth } from './platform-safeguards.ts'
import { atRest, exampleKey, hygiene, inTransit, monitoring, notPublic, privateNetwork } from './safeguards.ts'

const type = 'AWS::CodeBuild::Project'
const image = { Type: 'LINUX_CONTAINER', ComputeType: 'BUILD_GENERAL1_SMALL', Image: 'aws/codebuild/standard:7.0' }
const project = (more: Readonly<Record<string, unknown>> = {}) => ({
  Artifacts: { Type: 'NO_ARTIFACTS' },
  Environment: image,
  ServiceRole: 'arn:aws:iam::111122223333:role/build',
  Source: { Type: 'GITHUB', Location: 'https://github.com/example/records.git' },
  ...more,
})
const artifacts = (EncryptionDisabled: boolean) =>
  project({ Artifacts: { Type: 'S3', Location: 'builds', Name: 'out', EncryptionDisabled } })
const source = (more: Readonly<Record<string, unknown>>) =>
  project({ Source: { Type: 'GITHUB', Location: 'https://github.com/example/records.git', ...more } })
const logs = (LogsConfig: Readonly<Record<string, unknown>>) => project({ LogsConfig })
const reports = (more: Readonly<Record<string, unknown>>) => ({
  Type: 'TEST',
  ExportConfig: { ExportConfigType: 'S3', S3Destination: { Bucket: 'reports', ...more } },
})
const token = (AuthType: string, ServerType: string) => ({
  AuthType,
  ServerType,
  Token: '{{resolve:secretsmanager:source:SecretString:token}}',
})

const rows = propertyControls([
  {
    ...operatorsKey,
    id: 'codebuild-project-customer-key',
    title: 'CodeBuild projects encrypt what they build under a key that the customer manages',
    why: 'Under a key of AWS nobody else can decide who reads and replaces what will run in production.',
    remedy: 'Set EncryptionKey to a KMS key of your own.',
    type,
    path: 'EncryptionKey',
    passing: project({ EncryptionKey: exampleKey }),
    failing: project(),
  },
  {
    ...atRest,
    id: 'codebuild-project-s3-logs-encrypted',
    title: 'CodeBuild projects encrypt their logs in S3',
    severity: 'medium',
    why: 'A log of a build holds whatever its commands print, tokens included.',
    remedy: 'Leave LogsConfig.S3Logs.EncryptionDisabled out, or set it to false.',
    type,
    path: 'LogsConfig.S3Logs.EncryptionDisabled',
    expect: isOff,
    absent: 'passes',
    passing: logs({ S3Logs: { Status: 'ENABLED', Location: 'logs/build', EncryptionDisabled: false } }),
    failing: logs({ S3Logs: { Status: 'ENABLED', Location: 'logs/build', EncryptionDisabled: true } }),
  },
  {
    ...containment,
    id: 'codebuild-project-not-privileged',
    title: 'CodeBuild projects do not run privileged',
    why: 'A privileged build rules the machine it runs on; only building images with Docker needs that.',
    remedy: 'Leave Environment.PrivilegedMode out, or set it to false.',
    type,
    path: 'Environment.PrivilegedMode',
    expect: isOff,
    absent: 'passes',
    passing: project({ Environment: { ...image, PrivilegedMode: false } }),
    failing: project({ Environment: { ...image, PrivilegedMode: true } }),
  },
  {
    ...containment,
    id: 'codebuild-project-source-connection',
    title: 'CodeBuild projects say how they sign in to their source',
    topic: 'authn-authz',
    severity: 'low',
    why: 'Otherwise a build takes whatever credentials the account holds for that host, which may be a personal token of somebody who left.',
    remedy: 'Set Source.Auth with a connection of CodeConnections.',
    type,
    path: 'Source.Auth.Type',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'Source.Type', expect: isOneOf('GITHUB', 'GITHUB_ENTERPRISE', 'BITBUCKET', 'GITLAB', 'GITLAB_SELF_MANAGED') },
    passing: source({
      Auth: {
        Type: 'CODECONNECTIONS',
        Resource: 'arn:aws:codeconnections:us-east-1:111122223333:connection/11111111-2222-3333-4444-555555555555',
      },
    }),
    failing: source({}),
  },
  {
    ...privateNetwork,
    id: 'codebuild-project-in-vpc',
    title: 'CodeBuild projects build inside a VPC',
    severity: 'low',
    why: 'Outside, a build may send code and secrets anywhere, and no flow log of yours shows it.',
    remedy: 'Set VpcConfig.',
    type,
    path: 'VpcConfig.VpcId',
    expect: isGiven,
    absent: 'fails',
    passing: project({ VpcConfig: { VpcId: 'vpc-11111111', Subnets: ['subnet-11111111'], SecurityGroupIds: ['sg-11111111'] } }),
    failing: project(),
  },
  {
    ...notPublic,
    id: 'codebuild-project-not-public',
    title: 'CodeBuild projects show their builds to nobody outside',
    severity: 'high',
    why: 'A public project shows its logs and artifacts to the whole internet, with every variable that a build prints.',
    remedy: 'Leave Visibility out, or set it to PRIVATE.',
    type,
    path: 'Visibility',
    expect: isNoneOf('PUBLIC_READ'),
    absent: 'passes',
    passing: project({ Visibility: 'PRIVATE' }),
    failing: project({ Visibility: 'PUBLIC_READ', ResourceAccessRole: 'arn:aws:iam::111122223333:role/read' }),
  },
  {
    ...hygiene,
    id: 'codebuild-project-no-badge',
    title: 'CodeBuild projects have no public badge',
    why: 'The address of a badge answers to everybody and names the project.',
    remedy: 'Leave BadgeEnabled out, or set it to false.',
    type,
    path: 'BadgeEnabled',
    expect: isOff,
    absent: 'passes',
    passing: project({ BadgeEnabled: false }),
    failing: project({ BadgeEnabled: true }),
  },
  {
    ...softwareHealth,
    id: 'codebuild-project-pull-requests-approved',
    title: 'CodeBuild projects build a pull request of a stranger only after approval',
    why: 'A pull request can change the commands of the build, which run with the role of the project.',
    remedy: 'Set Triggers.PullRequestBuildPolicy.RequiresCommentApproval to ALL_PULL_REQUESTS or FORK_PULL_REQUESTS.',
    type,
    path: 'Triggers.PullRequestBuildPolicy.RequiresCommentApproval',
    expect: isNoneOf('DISABLED'),
    absent: 'passes',
    when: { path: 'Triggers.Webhook', expect: isOn },
    passing: project({ Triggers: { Webhook: true, PullRequestBuildPolicy: { RequiresCommentApproval: 'ALL_PULL_REQUESTS' } } }),
    failing: project({ Triggers: { Webhook: true, PullRequestBuildPolicy: { RequiresCommentApproval: 'DISABLED' } } }),
  },
  {
    ...softwareHealth,
    id: 'codebuild-project-image-current',
    title: 'CodeBuild projects build in an image that gets corrections',
    severity: 'low',
    why: 'Images of old generations get no new versions of compilers and tools.',
    remedy: 'Set Environment.Image to a current image.',
    type,
    path: 'Environment.Image',
    expect: matches(
      /^(?!aws\/codebuild\/(standard:[1-4]\.|amazonlinux2-x86_64-standard:[1-3]\.|amazonlinux2-aarch64-standard:1\.|(?!standard|amazon|windows|lambda))).+$/,
    ),
    absent: 'does not apply',
    passing: project(),
    failing: project({ Environment: { ...image, Image: 'aws/codebuild/standard:2.0' } }),
  },
  {
    ...atRest,
    id: 'codebuild-report-group-encrypted',
    title: 'CodeBuild report groups encrypt what they export',
    severity: 'medium',
    why: 'Reports of tests hold data that the tests ran on.',
    remedy: 'Leave S3Destination.EncryptionDisabled out, or set it to false.',
    type: 'AWS::CodeBuild::ReportGroup',
    path: 'ExportConfig.S3Destination.EncryptionDisabled',
    expect: isOff,
    absent: 'passes',
    passing: reports({ EncryptionDisabled: false }),
    failing: reports({ EncryptionDisabled: true }),
  },
  {
    ...operatorsKey,
    id: 'codebuild-report-group-customer-key',
    title: 'CodeBuild report groups export under a key that the customer manages',
    why: 'Under a key of AWS the customer can neither see nor end its use.',
    remedy: 'Set S3Destination.EncryptionKey to a KMS key of your own.',
    type: 'AWS::CodeBuild::ReportGroup',
    path: 'ExportConfig.S3Destination.EncryptionKey',
    when: { path: 'ExportConfig.ExportConfigType', expect: isOneOf('S3') },
    passing: reports({ EncryptionKey: exampleKey }),
    failing: reports({}),
  },
  {
    ...containment,
    id: 'codebuild-source-credential-not-personal',
    title: 'CodeBuild signs in to its sources by a connection, not by a token of a person',
    topic: 'authn-authz',
    why: 'A token of a person opens all that this person may open, for years, and ends with their account.',
    remedy: 'Set AuthType to CODECONNECTIONS or SECRETS_MANAGER.',
    type: 'AWS::CodeBuild::SourceCredential',
    path: 'AuthType',
    expect: isNoneOf('PERSONAL_ACCESS_TOKEN', 'BASIC_AUTH'),
    absent: 'does not apply',
    passing: { AuthType: 'CODECONNECTIONS', ServerType: 'GITHUB', Token: 'arn:aws:codeconnections:us-east-1:111122223333:connection/1' },
    failing: token('PERSONAL_ACCESS_TOKEN', 'GITHUB'),
  },
])

/** EncryptionDisabled is valid for artifacts in S3 only ("AWS::CodeBuild::Project Artifacts", AWS CloudFormation Template Reference). */
const isStored = (artifacts: Value): boolean =>
  !isMap(artifacts) || !['CODEPIPELINE', 'NO_ARTIFACTS'].some((type) => artifacts['Type'] === type)

const parts = eachPresent([
  {
    ...atRest,
    id: 'codebuild-project-artifacts-encrypted',
    title: 'CodeBuild projects encrypt what they build',
    severity: 'medium',
    why: 'What is built holds configuration, and what was left in it by mistake.',
    remedy: 'Leave EncryptionDisabled of the artifacts out, or set it to false.',
    type,
    bases: ['Artifacts', 'SecondaryArtifacts.*'],
    applies: isStored,
    path: 'EncryptionDisabled',
    expect: isOff,
    absent: 'passes',
    passing: artifacts(false),
    failing: artifacts(true),
  },
  {
    ...inTransit,
    id: 'codebuild-project-source-tls-checked',
    title: 'CodeBuild projects check the certificate of their source',
    why: 'Unchecked, whoever stands in between gives the build another program.',
    remedy: 'Leave InsecureSsl of the source out, or set it to false.',
    type,
    bases: ['Source', 'SecondarySources.*'],
    path: 'InsecureSsl',
    expect: isOff,
    absent: 'passes',
    passing: source({ InsecureSsl: false }),
    failing: source({ InsecureSsl: true }),
  },
])

const [inCloudWatch, inBucket] = ['LogsConfig.CloudWatchLogs.Status', 'LogsConfig.S3Logs.Status']

// Logs go to CloudWatch unless that is switched off ("Change build logs in CodeBuild", AWS CodeBuild User Guide).
function judgeLogs(resource: Resource): Outcome {
  const [cloudWatch, bucket] = [resource.get(inCloudWatch), resource.get(inBucket)]
  if (cloudWatch === undefined || cloudWatch === 'ENABLED') return pass(inCloudWatch, cloudWatch)
  if (bucket === 'ENABLED') return pass(inBucket, bucket)
  const open = [cloudWatch, bucket].find((value) => value instanceof Unknown)
  return open instanceof Unknown ? undecided(inCloudWatch, open.reason) : fail(inCloudWatch, cloudWatch)
}

const logging: ResourceControl = {
  ...monitoring,
  id: 'codebuild-project-logging',
  title: 'CodeBuild projects keep the logs of their builds',
  why: 'Without a log nobody can tell what a build did, nor what went into what it built.',
  remedy: 'Leave LogsConfig out, or set the status of CloudWatchLogs or S3Logs to ENABLED.',
  types: [type],
  judge: judgeLogs,
  passing: { Build: { Type: type, Properties: project() } },
  failing: { Build: { Type: type, Properties: logs({ CloudWatchLogs: { Status: 'DISABLED' } }) } },
}

/** Controls on CodeBuild. */
export const codeBuildControls: readonly ResourceControl[] = [...codeBuildSecrets, ...rows, ...parts, logging]
