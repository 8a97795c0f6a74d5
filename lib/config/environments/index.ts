import { production } from './production.ts'
import { sandbox } from './sandbox.ts'

/** Every environment, by name. Add a file beside this one and a row here; `loadEnvironment` checks it. */
export const environments: Readonly<Record<string, unknown>> = { sandbox, production }
