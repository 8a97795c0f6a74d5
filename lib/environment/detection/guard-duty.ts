import { CfnDetector } from 'aws-cdk-lib/aws-guardduty'
import type { Construct } from 'constructs'

/**
 * Protection plans of GuardDuty (Amazon GuardDuty API Reference, "DetectorFeatureConfiguration"). The first two watch what stands here. The
 * others cost nothing while nothing of their kind exists, and see an intruder who starts such a thing.
 */
const protectionPlans = ['S3_DATA_EVENTS', 'LAMBDA_NETWORK_LOGS', 'EBS_MALWARE_PROTECTION', 'EKS_AUDIT_LOGS', 'RDS_LOGIN_EVENTS'] as const

/** Agents that GuardDuty would install by itself for runtime monitoring. */
const runtimeAgents = ['EC2_AGENT_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EKS_ADDON_MANAGEMENT'] as const

/** Turns GuardDuty on for this account and Region, with every protection plan that can apply. */
export function guardDuty(scope: Construct): CfnDetector {
  const detector = new CfnDetector(scope, 'GuardDuty', {
    enable: true,
    findingPublishingFrequency: 'FIFTEEN_MINUTES',
    features: [
      ...protectionPlans.map((name) => ({ name, status: 'ENABLED' })),
      {
        name: 'RUNTIME_MONITORING',
        status: 'ENABLED',
        additionalConfiguration: runtimeAgents.map((name) => ({ name, status: 'DISABLED' })),
      },
    ],
  })
  detector.addMetadata('SafeHarbor', {
    runtimeAgents:
      'Runtime monitoring sees instances and containers, of which there are none; functions it does not see. Managed agents are off because GuardDuty would make VPC endpoints and security groups of its own in the isolated network (Amazon GuardDuty User Guide, "GuardDuty Runtime Monitoring").',
  })
  return detector
}
