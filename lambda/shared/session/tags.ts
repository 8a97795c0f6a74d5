import * as z from 'zod'
import { identifierPattern } from '../identifiers.ts'

/**
 * The claim of an ID token that AWS STS turns into tags of the session (IAM User Guide, "Pass session tags in AWS STS", section "Passing session tags using
 * AssumeRoleWithWebIdentity").
 */
export const tagsClaim = 'https://aws.amazon.com/tags'

const one = z.tuple([z.string().regex(identifierPattern)])

/** Tags of a provider's session: one practice and the person. STS takes each value as a list of one. */
export const providerTags = z.strictObject({ practice: one, person: one })
/** Tags of a patient's session: one practice, the person, and the one patient. */
export const patientTags = z.strictObject({ practice: one, person: one, patient: one })

/** What stands in the claim. Every tag is transitive: a session that took on another role would keep its tags and could not set its own. */
export const tagsOf = <Tags extends z.ZodType>(tags: Tags) =>
  z.strictObject({ principal_tags: tags, transitive_tag_keys: z.array(z.string()).readonly() })

/** Tags as they are put into a token. */
export type Tags = z.infer<typeof providerTags> | z.infer<typeof patientTags>
