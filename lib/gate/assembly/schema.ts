import { createRequire } from 'node:module'

type Zod = typeof import('zod')

const require = createRequire(import.meta.url)

/**
 * A schema that is made when it is first asked for: most inputs are templates without any file that needs one, and the library takes longer to load than such a
 * template takes to judge.
 */
export function schemaOf<Schema>(make: (zod: Zod) => Schema): () => Schema {
  let made: Schema | undefined
  return () => {
    made ??= make(require('zod') as Zod)
    return made
  }
}
