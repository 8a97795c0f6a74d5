import { deepStrictEqual } from 'node:assert/strict'
import type { AdoptableService } from '../../../lib/config/schema.ts'
import type { Claim, TemplateResource } from './claim.ts'
import { detectionAlarmClaims } from './detection/alarm-claims.ts'
import { alertPathClaims } from './detection/alert-path-claims.ts'
import { configRuleClaims } from './detection/config-rule-claims.ts'
import { detectorClaims } from './detection/detector-claims.ts'
import { routeClaims } from './detection/route-claims.ts'

/** How many resources of each type the stack has, when no service is adopted. */
const counts: Readonly<Record<string, number>> = {
  'AWS::AccessAnalyzer::Analyzer': 2,
  'AWS::CloudWatch::Alarm': 15,
  'AWS::Config::ConfigRule': 61,
  'AWS::Config::ConfigurationRecorder': 1,
  'AWS::Config::DeliveryChannel': 1,
  'AWS::DynamoDB::Table': 1,
  'AWS::EC2::SecurityGroup': 1,
  'AWS::Events::Rule': 9,
  'AWS::GuardDuty::Detector': 1,
  'AWS::IAM::ManagedPolicy': 2,
  'AWS::IAM::Role': 1,
  'AWS::IAM::ServiceLinkedRole': 1,
  'AWS::Lambda::EventInvokeConfig': 1,
  'AWS::Lambda::Function': 1,
  'AWS::Lambda::Permission': 9,
  'AWS::Logs::LogGroup': 1,
  'AWS::Logs::MetricFilter': 11,
  'AWS::Macie::Session': 1,
  'AWS::SNS::Subscription': 1,
  'AWS::SNS::Topic': 1,
  'AWS::SNS::TopicPolicy': 1,
  'AWS::SQS::Queue': 1,
  'AWS::SQS::QueuePolicy': 1,
  'AWS::SecurityHub::Hub': 1,
  'AWS::SecurityHub::Standard': 2,
}

/** Types of which there are none when a service is adopted. */
const madeBy: Partial<Record<AdoptableService, readonly string[]>> = {
  'access-analyzer': ['AWS::AccessAnalyzer::Analyzer'],
  config: ['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel', 'AWS::IAM::ServiceLinkedRole'],
  guardduty: ['AWS::GuardDuty::Detector'],
  macie: ['AWS::Macie::Session'],
  'security-hub': ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::Standard'],
}

const nothingElse: Claim = {
  says: 'The stack holds nothing that is not claimed',
  stack: 'detection',
  check: (template, { adopted }) => {
    const { Resources } = template.toJSON() as { Resources: Record<string, TemplateResource> }
    const made: Record<string, number> = {}
    for (const { Type } of Object.values(Resources)) if (Type !== 'AWS::CDK::Metadata') made[Type] = (made[Type] ?? 0) + 1
    const absent = adopted.flatMap((service) => madeBy[service] ?? [])
    deepStrictEqual(made, Object.fromEntries(Object.entries(counts).filter(([type]) => !absent.includes(type))))
  },
}

/** What the detection stack must say. */
export const detectionClaims: readonly Claim[] = [
  ...detectorClaims,
  ...configRuleClaims,
  ...routeClaims,
  ...alertPathClaims,
  ...detectionAlarmClaims,
  nothingElse,
]
