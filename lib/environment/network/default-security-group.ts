import { CfnResource, Stack } from 'aws-cdk-lib'
import type { Vpc } from 'aws-cdk-lib/aws-ec2'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { LeastPolicy } from '../constructs/least-policy.ts'

// The library gives its function this id in every stack, however many networks the stack has.
const provider = 'Custom::VpcRestrictDefaultSGCustomResourceProvider'

/**
 * Narrows the function by which the construct library empties the default security group of a network, which CloudFormation itself
 * cannot do. It is the one function not made by LeastFunction: it runs while the network is made, so it can neither stand in it nor wait
 * for a key. Its inline policy becomes a managed one, and it may not log: Lambda would make a log group that is not encrypted, never
 * expires and outlives the stack. An error reaches the events of the stack, and each call the audit trail.
 *
 * @throws Error when the library no longer makes the function under this name
 */
export function narrowDefaultSecurityGroupFunction(vpc: Vpc, config: EnvironmentConfig): void {
  const name = nameOf(config, 'default-security-group')
  const policy = new LeastPolicy(vpc, 'DefaultSecurityGroupPolicy', {
    name,
    description: 'Takes the rules out of the default security group when the network is made, and puts them back before it is removed.',
    permissions: [
      {
        sid: 'ChangeRulesOfTheDefaultSecurityGroup',
        actions: [
          'ec2:AuthorizeSecurityGroupEgress',
          'ec2:AuthorizeSecurityGroupIngress',
          'ec2:RevokeSecurityGroupEgress',
          'ec2:RevokeSecurityGroupIngress',
        ],
        resources: [Stack.of(vpc).formatArn({ service: 'ec2', resource: 'security-group', resourceName: vpc.vpcDefaultSecurityGroup })],
      },
    ],
  })
  const role = partOfProvider(vpc, 'Role')
  role.addPropertyOverride('RoleName', name)
  role.addPropertyOverride('ManagedPolicyArns', [policy.managedPolicyArn])
  role.addPropertyDeletionOverride('Policies')
  partOfProvider(vpc, 'Handler').addPropertyOverride('FunctionName', name)
}

function partOfProvider(vpc: Vpc, id: 'Role' | 'Handler'): CfnResource {
  const part = Stack.of(vpc).node.tryFindChild(provider)?.node.tryFindChild(id)
  if (!CfnResource.isCfnResource(part)) throw new Error(`The library makes no ${provider}/${id} any more. Find what it makes instead.`)
  return part
}
