import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { templatesOf } from '../environment/synthesized.ts'
import { eachReasonIsNeeded, mutate } from './run.ts'

eachReasonIsNeeded('sandbox', mutate('sandbox', loadEnvironment('sandbox'), templatesOf('sandbox')))
