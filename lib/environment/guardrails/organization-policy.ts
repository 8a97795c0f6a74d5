/** A statement of an organization policy. Organization policies only deny here: what is allowed stays with AWS's FullAWSAccess policies. */
export interface Guardrail {
  readonly Sid: string
  readonly Effect: 'Deny'
  /** Resource control policies name everybody; service control policies name nobody. */
  readonly Principal?: '*'
  readonly Action?: readonly string[] | '*'
  readonly NotAction?: readonly string[]
  readonly Resource?: readonly string[] | '*'
  readonly NotResource?: readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** One policy of the organization, at most 5120 characters (AWS Organizations User Guide, "Quotas and service limits for AWS Organizations"). */
export interface OrganizationPolicy {
  /** Last part of its name: `keep-evidence`. */
  readonly what: string
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'
  /** One sentence for the console. */
  readonly description: string
  readonly statements: readonly Guardrail[]
}
