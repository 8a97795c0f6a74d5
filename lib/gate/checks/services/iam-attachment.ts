import type { Resource } from '../../template/resource.ts'
import { isList, Unknown } from '../../template/value.ts'
import { type ControlText, type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { privilege } from './iam-safeguards.ts'

const PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::records/*' }],
}
const AssumeRolePolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
}
const inline = { Policies: [{ PolicyName: 'read', PolicyDocument }] }

/** A list that must be empty or absent. */
function judgeEmpty(resource: Resource, path: string): Outcome {
  const value = resource.get(path)
  if (value instanceof Unknown) return undecided(path, value.reason)
  return value === undefined || (isList(value) && value.length === 0)
    ? pass(path, value)
    : fail(path, undefined, `${path} holds ${isList(value) ? value.length : 'some'}, where none belongs.`)
}

interface AttachmentRow extends Pick<ControlText, 'id' | 'title' | 'severity' | 'why' | 'remedy'> {
  /** Lists that must be empty, by type. An empty path stands for a type that fails by itself. */
  readonly lists: Readonly<Record<string, readonly string[]>>
  readonly passing: ExampleResources
  readonly failing: ExampleResources
}

const attachmentControl = ({ lists, ...text }: AttachmentRow): ResourceControl => ({
  ...privilege,
  ...text,
  types: Object.keys(lists),
  judge: (resource) => (lists[resource.type] ?? []).map((path) => (path === '' ? fail('Type', resource.type) : judgeEmpty(resource, path))),
})

const whyInline =
  'An inline policy has no versions, cannot be listed or reused, and goes unseen when somebody asks which policies an identity has.'

/** Controls on how policies are attached to users, groups and roles. */
export const iamAttachmentControls: readonly ResourceControl[] = [
  {
    id: 'iam-user-no-inline-policy',
    title: 'Users have no inline policies',
    severity: 'medium' as const,
    why: whyInline,
    remedy: 'Write an AWS::IAM::ManagedPolicy and attach it to a group of the user.',
    lists: { 'AWS::IAM::User': ['Policies'], 'AWS::IAM::UserPolicy': [''] },
    passing: { User: { Type: 'AWS::IAM::User', Properties: {} } },
    failing: { User: { Type: 'AWS::IAM::User', Properties: inline } },
  },
  {
    id: 'iam-group-no-inline-policy',
    title: 'Groups have no inline policies',
    severity: 'low' as const,
    why: whyInline,
    remedy: 'Write an AWS::IAM::ManagedPolicy that names the group in Groups.',
    lists: { 'AWS::IAM::Group': ['Policies'], 'AWS::IAM::GroupPolicy': [''] },
    passing: { Group: { Type: 'AWS::IAM::Group', Properties: {} } },
    failing: { Group: { Type: 'AWS::IAM::Group', Properties: inline } },
  },
  {
    id: 'iam-role-no-inline-policy',
    title: 'Roles have no inline policies',
    severity: 'low' as const,
    why: whyInline,
    remedy: 'Write an AWS::IAM::ManagedPolicy that names the role in Roles.',
    lists: { 'AWS::IAM::Role': ['Policies'], 'AWS::IAM::RolePolicy': [''] },
    passing: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument } } },
    failing: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument, ...inline } } },
  },
  {
    id: 'iam-user-policies-by-group',
    title: 'Users have their rights by groups, not by policies of their own',
    severity: 'medium' as const,
    why: 'Rights that hang on single persons are forgotten when the person changes work. Those of a group are reviewed once, for all.',
    remedy: 'Attach the policy to an AWS::IAM::Group and put the user into it; better, give people roles.',
    lists: {
      'AWS::IAM::User': ['Policies', 'ManagedPolicyArns'],
      'AWS::IAM::Policy': ['Users'],
      'AWS::IAM::ManagedPolicy': ['Users'],
      'AWS::IAM::UserPolicy': [''],
    },
    passing: {
      Group: { Type: 'AWS::IAM::Group', Properties: {} },
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument, Groups: [{ Ref: 'Group' }] } },
    },
    failing: { User: { Type: 'AWS::IAM::User', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } } },
  },
]
  .map(attachmentControl)
  .concat({
    ...privilege,
    id: 'iam-policy-managed',
    title: 'Policies are managed policies, not inline ones',
    severity: 'low',
    why: whyInline,
    remedy: 'Use AWS::IAM::ManagedPolicy in place of AWS::IAM::Policy.',
    types: ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'],
    judge: ({ type }) => (type === 'AWS::IAM::Policy' ? fail('Type', type) : pass('Type', type)),
    passing: { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } } },
    failing: { Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'read', PolicyDocument, Roles: ['app'] } } },
  })
