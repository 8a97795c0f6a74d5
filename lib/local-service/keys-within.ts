import type { KeyContext, KeyService } from '../../lambda/shared/vault/ports.ts'
import { AccessDenied } from './reach.ts'
import type { Role } from './roles.ts'

/** A key service as one role uses it; what the role may not do is denied. */
export const keysWithin = (keys: KeyService, { mayGenerate, mayUnwrap }: Pick<Role, 'mayGenerate' | 'mayUnwrap'>): KeyService => ({
  generate: async (context) => keys.generate(permitted(context, mayGenerate)),
  wrapForRecovery: async (plaintext, context) => keys.wrapForRecovery(plaintext, permitted(context, mayGenerate)),
  unwrap: async (wrapped, context) => keys.unwrap(wrapped, permitted(context, mayUnwrap)),
})

function permitted(context: KeyContext, may: (context: KeyContext) => boolean): KeyContext {
  if (!may(context)) throw new AccessDenied('This role does not use the key for this context.')
  return context
}
