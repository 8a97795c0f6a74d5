import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { synthesizedFrom, templatesOf } from '../environment/synthesized.ts'
import { mutate } from './run.ts'

// The example environments have not begun: sessions, the vault key and the API are closed in them. What serves people stands only in a later phase.
const config = { ...loadEnvironment('sandbox'), phase: 'open' as const }
const closed = templatesOf('sandbox')
const resourcesOf = (template: ReturnType<typeof closed.get>): string => JSON.stringify(template?.toJSON()['Resources'])

mutate(
  'open trial',
  config,
  new Map([...synthesizedFrom(config)].filter(([stack, template]) => resourcesOf(template) !== resourcesOf(closed.get(stack)))),
)
