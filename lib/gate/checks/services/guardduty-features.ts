import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isFalse, isMap, listOf, Unknown, type Value, type ValueMap } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { detection } from './platform-safeguards.ts'

const type = 'AWS::GuardDuty::Detector'

interface Feature {
  readonly name: string
  /** Where older templates switch it off. */
  readonly source?: string
  /** What a detector does that names no such feature ("CreateDetector", Amazon GuardDuty API Reference). */
  readonly standard: 'on' | 'off'
}

const featureIn = (list: Value | undefined, name: string): ValueMap | undefined =>
  listOf(list)
    .filter(isMap)
    .find((entry) => entry['Name'] === name)

function judgeFeature({ name, source, standard }: Feature, detector: Resource): Outcome {
  const features = detector.get('Features')
  const status = featureIn(features, name)?.['Status']
  const open = [features, ...listOf(features), status].find((value) => value instanceof Unknown)
  if (open instanceof Unknown && status === undefined) return undecided('Features', open.reason)
  if (status instanceof Unknown) return undecided('Features', status.reason)
  if (status !== undefined) return outcome('Features', status, status === 'ENABLED')
  const older = source === undefined ? undefined : detector.get(source)
  if (source !== undefined && older instanceof Unknown) return undecided(source, older.reason)
  if (source !== undefined && isFalse(older)) return fail(source, older)
  return outcome('Features', undefined, standard === 'on')
}

const outcome = (path: string, value: Value | undefined, holds: boolean): Outcome => (holds ? pass(path, value) : fail(path, value))

const detector = (Name: string, Status: string) => ({
  Detector: { Type: type, Properties: { Enable: true, Features: [{ Name, Status }] } },
})

type Text = Pick<ControlText, 'id' | 'title' | 'why'>

const featureControl = (feature: Feature, text: Text): ResourceControl => ({
  ...detection,
  ...text,
  remedy: `Set Features with ${feature.name} and the status ENABLED.`,
  types: [type],
  judge: (resource) => judgeFeature(feature, resource),
  passing: detector(feature.name, 'ENABLED'),
  failing: detector(feature.name, 'DISABLED'),
})

const runtime = 'RUNTIME_MONITORING'

interface Agent {
  readonly name: string
  /** Types on which it would run. */
  readonly hosts: readonly string[]
}

// The agent is a part of runtime monitoring: without that, the other control speaks. An assembly that makes nothing to run it on needs none.
function judgeAgent({ name: agent, hosts }: Agent, resource: Resource, deployment: Deployment): Outcome | undefined {
  const feature = featureIn(resource.get('Features'), runtime)
  if (feature?.['Status'] !== 'ENABLED') return undefined
  const status = featureIn(feature['AdditionalConfiguration'], agent)?.['Status']
  if (status instanceof Unknown) return undecided('Features', status.reason)
  if (status === undefined && deployment.kind === 'assembly' && deployment.ofType(...hosts).length === 0) return undefined
  return outcome('Features', status, status === 'ENABLED')
}

const withAgent = (Name: string, Status: string) => ({
  Detector: {
    Type: type,
    Properties: { Enable: true, Features: [{ Name: runtime, Status: 'ENABLED', AdditionalConfiguration: [{ Name, Status }] }] },
  },
})

const agentControl = (agent: Agent, text: Text): ResourceControl => ({
  ...detection,
  ...text,
  severity: 'low',
  remedy: `Give the feature ${runtime} an AdditionalConfiguration ${agent.name} with the status ENABLED.`,
  types: [type],
  judge: (resource, deployment) => judgeAgent(agent, resource, deployment),
  passing: withAgent(agent.name, 'ENABLED'),
  failing: withAgent(agent.name, 'DISABLED'),
})

/** Each protection of a detector. */
export const guardDutyFeatures: readonly ResourceControl[] = [
  featureControl(
    { name: 'S3_DATA_EVENTS', source: 'DataSources.S3Logs.Enable', standard: 'on' },
    {
      id: 'guardduty-detector-s3-protection',
      title: 'GuardDuty watches what is done with objects in S3',
      why: 'Reading a whole bucket with stolen credentials shows in data events only.',
    },
  ),
  featureControl(
    { name: 'EKS_AUDIT_LOGS', source: 'DataSources.Kubernetes.AuditLogs.Enable', standard: 'on' },
    {
      id: 'guardduty-detector-eks-audit-logs',
      title: 'GuardDuty watches the audit logs of Kubernetes clusters',
      why: 'What somebody does through the Kubernetes API does not show in CloudTrail.',
    },
  ),
  featureControl(
    { name: 'EBS_MALWARE_PROTECTION', source: 'DataSources.MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes', standard: 'on' },
    {
      id: 'guardduty-detector-malware-protection',
      title: 'GuardDuty looks for malware on volumes of suspicious instances',
      why: 'A finding says that an instance behaves oddly; a scan says what runs on it.',
    },
  ),
  featureControl(
    { name: 'RDS_LOGIN_EVENTS', standard: 'on' },
    {
      id: 'guardduty-detector-rds-logins',
      title: 'GuardDuty watches sign-ins to Aurora databases',
      why: 'Guessed and stolen passwords of databases show in their sign-ins.',
    },
  ),
  featureControl(
    { name: 'LAMBDA_NETWORK_LOGS', standard: 'on' },
    {
      id: 'guardduty-detector-lambda-network',
      title: 'GuardDuty watches the network of Lambda functions',
      why: 'A function that was taken over talks to strangers, and nothing else shows that.',
    },
  ),
  featureControl(
    { name: runtime, standard: 'off' },
    {
      id: 'guardduty-detector-runtime-monitoring',
      title: 'GuardDuty watches what runs on instances and in containers',
      why: 'It is the one protection that a detector does not switch on by itself: processes, files and connections inside a machine.',
    },
  ),
  agentControl(
    { name: 'EC2_AGENT_MANAGEMENT', hosts: ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup'] },
    {
      id: 'guardduty-detector-runtime-ec2-agent',
      title: 'GuardDuty keeps its agent on EC2 instances by itself',
      why: 'An instance without the agent is not watched, and nobody installs it by hand on every one.',
    },
  ),
  agentControl(
    { name: 'ECS_FARGATE_AGENT_MANAGEMENT', hosts: ['AWS::ECS::Service', 'AWS::ECS::TaskDefinition'] },
    {
      id: 'guardduty-detector-runtime-fargate-agent',
      title: 'GuardDuty keeps its agent in Fargate tasks by itself',
      why: 'On Fargate there is no other way to bring the agent in.',
    },
  ),
  agentControl(
    { name: 'EKS_ADDON_MANAGEMENT', hosts: ['AWS::EKS::Cluster'] },
    {
      id: 'guardduty-detector-runtime-eks-agent',
      title: 'GuardDuty keeps its agent in Kubernetes clusters by itself',
      why: 'A cluster without the agent is not watched.',
    },
  ),
]
