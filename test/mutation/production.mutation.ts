import { mutate } from './run.ts'

mutate('production')
