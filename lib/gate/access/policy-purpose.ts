/**
 * What policies are for: to say or to bound what an identity may do, who may use a resource, call an API or assume a role, what passes an endpoint, and what
 * accounts may do.
 */
export const everyPurpose = ['identity', 'boundary', 'resource', 'interface', 'trust', 'endpoint', 'organization'] as const
/** One purpose. */
export type PolicyPurpose = (typeof everyPurpose)[number]
