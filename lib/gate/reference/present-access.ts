import { everyPurpose, type PolicyPurpose } from '../access/policy-purpose.ts'
import { policiesOf, policyTypes, type ReadPolicy } from '../checks/services/hardening-policy-places.ts'
import type { Deployment } from '../template/deployment.ts'
import type { Resource } from '../template/resource.ts'
import { isMap, listOf, plain, type Value } from '../template/value.ts'
import type { PlainStatement, ReviewedAccess, ReviewedResource } from './access-reference.ts'
import { permissionsOf, permissionTypes } from './permissions.ts'

/** What the policies of a resource say for one purpose, in the present case. */
export interface PresentPolicy {
  readonly resource: Resource
  readonly purpose: PolicyPurpose
  readonly statements: readonly PresentStatement[]
  /** Property of a document that is no policy the template tells; undefined where all could be read. */
  readonly unread: string | undefined
}

/** A statement with the place it stands at, below the resource's properties; '' where the resource is one statement. */
export interface PresentStatement {
  readonly property: string
  readonly written: PlainStatement
}

/** Who holds a policy, or what bounds a role, in the present case. */
export interface PresentAttachment {
  readonly resource: Resource
  readonly property: string
  readonly names: readonly string[]
}

const types = [...policyTypes(...everyPurpose), ...permissionTypes]

/** Every policy of a deployment, those of one resource and purpose together. */
export const presentPolicies = (deployment: Deployment): readonly PresentPolicy[] =>
  deployment.ofType(...types).flatMap((resource) =>
    everyPurpose.flatMap((purpose) => {
      const documents = documentsOf(resource, deployment, purpose)
      if (documents.length === 0) return []
      const read = documents.map(({ property, document }) => ({ property, statements: statementsOf(document) }))
      return [
        {
          resource,
          purpose,
          unread: read.find(({ statements }) => statements === undefined)?.property,
          statements: read.flatMap(({ property, statements = [] }) =>
            statements.map((written, index) => ({ property: property === '' ? '' : `${property}.Statement.${index}`, written })),
          ),
        },
      ]
    }),
  )

const documentsOf = (
  resource: Resource,
  deployment: Deployment,
  purpose: PolicyPurpose,
): readonly Pick<ReadPolicy, 'property' | 'document'>[] => [
  ...policiesOf(resource, deployment, [purpose]),
  ...(purpose === 'resource' ? permissionsOf(resource) : []),
]

function statementsOf(document: Value): readonly PlainStatement[] | undefined {
  const map = typeof document === 'string' ? parsed(document) : document
  const written = isMap(map) ? listOf(map['Statement']) : []
  return written.length > 0 && written.every(isMap) ? written.map((statement) => plain(statement) as PlainStatement) : undefined
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Properties that say who holds a policy of an identity, or what bounds an identity. */
const attachmentProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Policy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::ManagedPolicy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::RolePolicy': ['RoleName'],
  'AWS::IAM::UserPolicy': ['UserName'],
  'AWS::IAM::GroupPolicy': ['GroupName'],
  'AWS::IAM::Role': ['ManagedPolicyArns', 'PermissionsBoundary'],
  'AWS::IAM::User': ['ManagedPolicyArns', 'PermissionsBoundary', 'Groups'],
  'AWS::IAM::Group': ['ManagedPolicyArns'],
  'AWS::IAM::UserToGroupAddition': ['Users'],
}

/** Who holds which policy of identities, and what bounds them. */
export const presentAttachments = (deployment: Deployment): readonly PresentAttachment[] =>
  Object.entries(attachmentProperties).flatMap(([type, properties]) =>
    deployment
      .ofType(type)
      .flatMap((resource) =>
        properties.map((property) => ({ resource, property, names: listOf(resource.get(property)).map((name) => String(plain(name))) })),
      ),
  )

/** What a deployment grants and denies, to be reviewed, in the order of templates' and resources' names. */
export const accessOf = (deployment: Deployment): ReviewedAccess => ({
  policies: presentPolicies(deployment)
    .map(({ resource, purpose, statements }) => ({
      ...reviewed(resource),
      purpose,
      statements: statements.map(({ written }) => written),
    }))
    .sort(byName),
  attachments: presentAttachments(deployment)
    .filter(({ names }) => names.length > 0)
    .map(({ resource, property, names }) => ({ ...reviewed(resource), property, names }))
    .sort(byName),
})

const byName = (one: ReviewedResource, other: ReviewedResource): number =>
  placeOf(one) < placeOf(other) ? -1 : placeOf(one) > placeOf(other) ? 1 : 0
const placeOf = ({ file, resource }: ReviewedResource): string => `${file} ${resource}`

/** A resource as a reference names it. */
export const reviewed = ({ template, logicalId, type }: Resource): ReviewedResource => ({
  file: template.source.file,
  resource: logicalId,
  type,
})
