import { describe, test } from 'vitest'
import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { isMadeFor } from './claims/claim.ts'
import { claims } from './claims/index.ts'
import { templatesOf } from './synthesized.ts'

describe.each(['sandbox', 'production'] as const)('%s', (environment) => {
  const config = loadEnvironment(environment)
  const made = claims.filter((claim) => isMadeFor(claim, config) && templatesOf(environment).has(claim.stack))
  test.each(made.map((claim) => [claim.stack, claim.says, claim] as const))('%s: %s', (stack, _says, claim) => {
    const template = templatesOf(environment).get(stack)
    if (template !== undefined) claim.check(template, config)
  })
})
