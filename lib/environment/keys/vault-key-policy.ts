import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { cloudFormationRoleArn, roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { allow, deny } from '../constructs/resource-statements.ts'
import { sessionRoles } from '../network/endpoint-policies.ts'
import { useActions } from './actions.ts'
import { vaultKeySessions } from './vault-key-sessions.ts'

/**
 * Use of the vault key: called directly, from inside the network, by nobody who administers it, never through another service and never by grant.
 * People in session open what their tags name; intake seals and cannot open. The one standing use is break-glass, "procedures for obtaining
 * necessary electronic protected health information during an emergency" (45 CFR 164.312(a)(2)(ii)): two named people, an alarm, one hour.
 *
 * @param vpcEndpointId id of the network's KMS endpoint
 */
export function vaultKeyUsage(config: EnvironmentConfig, vpcEndpointId: string): PolicyStatement[] {
  const { workload } = config.accounts
  const role = (what: string) => roleArn(config, 'workload', what)
  const breakGlass = role('break-glass')
  const administrators = [
    `arn:aws:iam::${workload}:root`,
    role('custodian'),
    cloudFormationRoleArn(workload, config.regions.primary, 'foundation'),
  ]
  const everybodyBut = (...roles: string[]) => ({ ArnNotEquals: { 'aws:PrincipalArn': roles.map(role) } })
  return [
    allow('BreakGlassOpensInAnEmergency', { AWS: breakGlass }, ['kms:Decrypt']),
    ...vaultKeySessions(config),
    deny('NobodyThroughAnotherService', useActions, { Null: { 'kms:ViaService': 'false' } }),
    deny('NobodyByGrant', ['kms:CreateGrant']),
    deny('NoAdministratorUses', useActions, { ArnEquals: { 'aws:PrincipalArn': administrators } }),
    deny('NobodyElseOpens', ['kms:Decrypt'], everybodyBut('break-glass', ...sessionRoles)),
    deny('NobodyElseSeals', ['kms:GenerateDataKey'], everybodyBut('intake', 'provider-session')),
    // Re-encryption changes the context, and what is encrypted or generated otherwise has no data key of a patient.
    deny(
      'OpeningAndSealingAreAllThereIs',
      useActions.filter((action) => action !== 'kms:Decrypt' && action !== 'kms:GenerateDataKey'),
    ),
    deny('NobodyFromOutsideTheNetwork', useActions, {
      StringNotEquals: { 'aws:SourceVpce': vpcEndpointId },
      ArnNotEquals: { 'aws:PrincipalArn': breakGlass },
    }),
    ...(config.regions.recovery === undefined
      ? [deny('NobodyReplicates', ['kms:ReplicateKey'])]
      : replicatedBy(cloudFormationRoleArn(workload, config.regions.recovery, 'foundation'), config.regions.recovery)),
  ]
}

// Only ReplicateKey says which Region it is for: the condition would refuse the two reads (Service Authorization Reference, "AWS Key Management Service").
const replicatedBy = (AWS: string, region: string): PolicyStatement[] => [
  allow('FoundationDeploymentReplicates', { AWS }, ['kms:ReplicateKey'], { StringEquals: { 'kms:ReplicaRegion': region } }),
  allow('FoundationDeploymentSeesWhatItReplicates', { AWS }, ['kms:DescribeKey', 'kms:GetKeyPolicy']),
]
