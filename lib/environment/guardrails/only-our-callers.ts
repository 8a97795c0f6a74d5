import { roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { sessionRoles } from '../network/endpoint-policies.ts'
import { githubProvider, githubSubject } from '../operators/trust.ts'
import type { OrganizationPolicy } from './organization-policy.ts'

/**
 * Who may call what the accounts hold, whatever a bucket, key, queue, secret or role says by itself. The services are those that resource
 * control policies reached first and reach everywhere (AWS Organizations User Guide, "Resource control policies (RCPs)"). The id of the organization is not known
 * here, so accounts are named; the targets of the guardrails hold no other accounts.
 */
export const onlyOurCallers = (config: EnvironmentConfig, managementAccount: string): OrganizationPolicy => {
  const ours = [...new Set([...Object.values(config.accounts), managementAccount])]
  const sessions = sessionRoles.map((role) => roleArn(config, 'workload', role))
  return {
    what: 'only-our-callers',
    type: 'RESOURCE_CONTROL_POLICY',
    description:
      'Only principals of our accounts and AWS services acting for us call; federation only from our deployment and for sessions of our people.',
    statements: [
      {
        Sid: 'OnlyPrincipalsOfOurAccounts',
        Effect: 'Deny',
        Principal: '*',
        Action: ['kms:*', 's3:*', 'secretsmanager:*', 'sqs:*', 'sts:AssumeRole'],
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalAccount': ours },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
      {
        Sid: 'ServicesActForUsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: ['kms:*', 's3:*', 'secretsmanager:*', 'sqs:*', 'sts:*'],
        Resource: '*',
        // Not every service says for whom it acts; where it does, it must be one of us.
        Condition: {
          StringNotEquals: { 'aws:SourceAccount': ours },
          Null: { 'aws:SourceAccount': 'false' },
          Bool: { 'aws:PrincipalIsAWSService': 'true' },
        },
      },
      {
        Sid: 'OnlyOurDeploymentFederates',
        Effect: 'Deny',
        Principal: '*',
        Action: ['sts:AssumeRoleWithWebIdentity'],
        NotResource: sessions,
        // A token of any other provider lacks the key, and a missing key does not equal.
        Condition: { StringNotEquals: { [`${githubProvider}:sub`]: [githubSubject(config.github)] } },
      },
      {
        // Whose tokens the two roles of people's sessions take, their trust says; a session is made inside our network all the same.
        Sid: 'PeopleOpenTheirSessionsInsideOurNetwork',
        Effect: 'Deny',
        Principal: '*',
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Resource: sessions,
        // A request from elsewhere lacks the key (IAM User Guide, "Use VPC condition keys to control federated access").
        Condition: {
          ArnNotLike: { 'aws:SourceVpcArn': [`arn:aws:ec2:${config.regions.primary}:${config.accounts.workload}:vpc/*`] },
        },
      },
    ],
  }
}
