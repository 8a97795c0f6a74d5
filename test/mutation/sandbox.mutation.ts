import { mutate } from './run.ts'

mutate('sandbox')
