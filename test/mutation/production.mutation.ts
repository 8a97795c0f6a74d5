import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { templatesOf } from '../environment/synthesized.ts'
import { eachReasonIsNeeded, mutate } from './run.ts'

eachReasonIsNeeded('production', mutate('production', loadEnvironment('production'), templatesOf('production')))
