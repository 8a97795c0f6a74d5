import { CfnHub, CfnStandard } from 'aws-cdk-lib/aws-securityhub'
import type { Construct } from 'constructs'
import type { EnvironmentConfig } from '../../config/schema.ts'

/**
 * Standards that Security Hub checks, by the path of their ARN (AWS Security Hub User Guide, "Standards reference for Security Hub CSPM").
 * NIST SP 800-53 is the catalogue that NIST SP 800-66, "Implementing the HIPAA Security Rule", maps the rule to.
 */
const standards = { BestPractices: 'aws-foundational-security-best-practices/v/1.0.0', Nist80053: 'nist-800-53/v/5.0.0' } as const

/**
 * Turns Security Hub on with its control checks. It is the resource `Hub` (posture management): the newer `HubV2` correlates findings but
 * checks no standard by itself (CloudFormation Template Reference, "AWS::SecurityHub::Hub" and "AWS::SecurityHub::HubV2").
 */
export function securityHub(scope: Construct, { regions }: EnvironmentConfig): CfnHub {
  const hub = new CfnHub(scope, 'SecurityHub', {
    autoEnableControls: true,
    // One finding a control, however many standards ask for it: one alert, not two.
    controlFindingGenerator: 'SECURITY_CONTROL',
    enableDefaultStandards: false,
  })
  for (const [id, path] of Object.entries(standards))
    new CfnStandard(scope, `SecurityHub${id}`, {
      standardsArn: `arn:aws:securityhub:${regions.primary}::standards/${path}`,
    }).addResourceDependency(hub)
  return hub
}
