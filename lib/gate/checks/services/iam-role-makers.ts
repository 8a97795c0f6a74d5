import { escalationsOf } from '../../access/escalation.ts'
import type { Statement } from '../../access/statement.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { fail, pass, type ResourceControl } from '../control.ts'
import { mayMakeRoles } from './iam-policy-grants.ts'
import { some } from './iam-policy-judge.ts'
import { identityPoliciesOf, type PolicyDocument } from './iam-policy-places.ts'
import { privilege } from './iam-safeguards.ts'

const attached: readonly (readonly [type: string, path: string])[] = [
  ['AWS::IAM::Policy', 'Roles.*'],
  ['AWS::IAM::ManagedPolicy', 'Roles.*'],
  ['AWS::IAM::RolePolicy', 'RoleName'],
]

/** Every policy document of the template that a role has: inline, and in resources that name the role or that the role names. */
export function policiesOfRole(role: Resource, deployment: Deployment): readonly PolicyDocument[] {
  const named = attached.flatMap(([type, path]) => deployment.referring(role, type, path).certain)
  const managed = role.at('ManagedPolicyArns.*').flatMap(({ value }) => deployment.resourceOf(value) ?? [])
  return [role, ...new Set([...named, ...managed])].flatMap((resource) => identityPoliciesOf(resource, deployment))
}

/** Whether policies of a role allow making or changing roles. */
export const grantsRoles = (role: Resource, deployment: Deployment): boolean =>
  policiesOfRole(role, deployment).some(({ statements }) => mayMakeRoles(statements))

/** Names of the ways to more rights that statements leave open. */
const waysOf = (statements: readonly Statement[]): readonly string[] => escalationsOf(statements).map(({ path }) => path.name)

const lambda = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
}
const policy = (PolicyName: string, ...Action: readonly string[]) => ({
  PolicyName,
  PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
})
const role = (...Policies: readonly unknown[]) => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: lambda, Policies } },
})

/** The policies of a role together let nobody gain more rights than each of them does. */
export const iamRoleTogetherControls: readonly ResourceControl[] = [
  {
    ...privilege,
    id: 'iam-role-policies-together',
    title: 'The policies of a role together do not let somebody gain more rights',
    severity: 'high',
    why: 'Each policy looks harmless alone: one passes roles, the other makes functions, and together they are as good as administrator.',
    remedy: 'Name the roles that may be passed, or take one of the actions away.',
    types: ['AWS::IAM::Role'],
    judge: (resource, deployment) => {
      const documents = policiesOfRole(resource, deployment)
      if (documents.length < 2) return undefined
      const alone = new Set(documents.flatMap(({ statements }) => waysOf(statements)))
      const together = waysOf(documents.flatMap(({ statements }) => statements)).filter((name) => !alone.has(name))
      if (together.length === 0) return pass('policies', documents.length)
      return fail('policies', together, `Together the policies let somebody gain more rights by ${some(together)}.`)
    },
    passing: role(policy('make', 'lambda:CreateFunction', 'lambda:InvokeFunction'), policy('log', 'logs:PutLogEvents')),
    failing: role(policy('make', 'lambda:CreateFunction', 'lambda:InvokeFunction'), policy('pass', 'iam:PassRole')),
  },
]
