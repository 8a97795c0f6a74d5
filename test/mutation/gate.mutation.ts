import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { templatesOf } from '../environment/synthesized.ts'
import { eachExplanationIsNeeded, weaken } from './gate-run.ts'

eachExplanationIsNeeded(
  weaken('sandbox', loadEnvironment('sandbox'), templatesOf('sandbox')),
  weaken('production', loadEnvironment('production'), templatesOf('production')),
)
