import * as z from 'zod/mini'
import { identifierPattern } from '../identifiers.ts'

export { tagsClaim } from './tags-claim.ts'

const one = z.tuple([z.string().check(z.regex(identifierPattern))])

/** Tags of a provider's session: one practice and the person. STS takes each value as a list of one. */
export const providerTags = z.strictObject({ practice: one, person: one })
/** Tags of a patient's session: one practice, the person, and the one patient. */
export const patientTags = z.strictObject({ practice: one, person: one, patient: one })

/** What stands in the claim. Every tag is transitive: a session that took on another role would keep its tags and could not set its own. */
export const tagsOf = <Tags extends z.ZodMiniType>(tags: Tags) =>
  z.strictObject({ principal_tags: tags, transitive_tag_keys: z.readonly(z.array(z.string())) })

/** Tags as they are put into a token. */
export type Tags = z.infer<typeof providerTags> | z.infer<typeof patientTags>
