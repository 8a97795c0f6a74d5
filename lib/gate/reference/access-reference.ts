import type { PolicyPurpose } from '../access/policy-purpose.ts'

/** A statement of a policy as plain JSON; what only deployment fills in is a hole, `⟨Bucket.Arn⟩`. */
export type PlainStatement = Readonly<Record<string, unknown>>

/** The resource that an entry speaks of. */
export interface ReviewedResource {
  /** Template, as the verdict names it. */
  readonly file: string
  readonly resource: string
  readonly type: string
}

/** What the policies of a resource say for one purpose. */
export interface ReviewedPolicy extends ReviewedResource {
  readonly purpose: PolicyPurpose
  readonly statements: readonly PlainStatement[]
}

/** Who holds a policy of an identity, or what bounds a role. */
export interface ReviewedAttachment extends ReviewedResource {
  /** `Roles`, `Users`, `Groups`, `ManagedPolicyArns` or `PermissionsBoundary`. */
  readonly property: string
  readonly names: readonly string[]
}

/** Everything that is granted and denied, as somebody reviewed it. */
export interface ReviewedAccess {
  readonly policies: readonly ReviewedPolicy[]
  readonly attachments: readonly ReviewedAttachment[]
}

/** Reviewed access as it was read from a file. */
export interface AccessReference extends ReviewedAccess {
  readonly file: string
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly digest: string
}
