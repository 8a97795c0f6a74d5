import { createRequire } from 'node:module'

type Yaml = typeof import('yaml')

const require = createRequire(import.meta.url)
let library: Yaml | undefined

/** The YAML library, loaded when the first text is read that needs it: templates in JSON do without. */
export function yamlLibrary(): Yaml {
  library ??= require('yaml') as Yaml
  return library
}
