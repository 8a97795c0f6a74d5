import { given, isCall, isRecord, listOf, taken, type Written } from './serverless-derived.ts'
import { policyOfTemplate } from './serverless-policy-templates.ts'

/** What the role that SAM makes for a function or a state machine consists of. */
export interface RoleParts {
  readonly id: string
  /** Properties of the serverless resource. */
  readonly properties: Written
  /** Service that takes the role on. */
  readonly service: string
  /** AWS managed policies that SAM adds itself, by name or path. */
  readonly managed: readonly string[]
  /** Policy documents that SAM adds itself, by name. */
  readonly inline: Written
}

/** Names that properties of a generated role have in the serverless resource. */
export const roleWrittenAs = { ManagedPolicyArns: 'Policies', Policies: 'Policies', Path: 'RolePath' } as const

/**
 * Properties of the role that SAM makes where a serverless resource names none. Each of `Policies` is the name or ARN of a managed policy, a policy document, or a
 * policy template ("AWS::Serverless::Function", property Policies, AWS SAM Developer Guide).
 */
export function roleOf({ id, properties, service, managed, inline }: RoleParts): Written {
  const policies = listOf(properties.Policies)
  const documents = policies.flatMap((policy, place) => documentsOf(policy, `${id}Policy${place}`))
  const added = Object.entries(inline).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument }))
  return given({
    AssumeRolePolicyDocument: properties.AssumeRolePolicyDocument ?? trustOf(service),
    ManagedPolicyArns: [...managed.map(managedPolicyArn), ...policies.flatMap(managedOf)],
    Policies: documents.length + added.length > 0 ? [...added, ...documents] : undefined,
    Path: properties.RolePath,
    ...taken(properties, 'PermissionsBoundary'),
  })
}

/** A policy document of one statement that allows actions on a resource. */
export const allows = (action: string | readonly string[], resource: unknown): Written => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
})

/** Who takes a role on. */
export const trustOf = (service: string): Written => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: [service] } }],
})

const managedPolicyArn = (name: string): unknown =>
  name.includes(':')
    ? name
    : { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${serviceRoles.test(name) ? `service-role/${name}` : name}` }

// Managed policies of AWS for the roles of services stand below this path.
const serviceRoles = /^AWS(Lambda|AppSync|StepFunctions)\w*(Role|CloudWatchLogs)$/

function managedOf(policy: unknown): unknown[] {
  if (typeof policy === 'string') return [managedPolicyArn(policy)]
  return isCall(policy) ? [policy] : []
}

function documentsOf(policy: unknown, name: string): Written[] {
  if (!isRecord(policy) || isCall(policy)) return []
  const documents =
    policy.Statement === undefined
      ? Object.entries(policy).flatMap(([template, parameters]) => policyOfTemplate(template, parameters) ?? [])
      : [policy]
  return documents.map((PolicyDocument) => ({ PolicyName: name, PolicyDocument }))
}
