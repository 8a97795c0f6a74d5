import { describe, expect, test } from 'vitest'
import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { accessOf } from '../../lib/gate/reference/present-access.ts'
import { accessReferenceText } from '../../lib/gate/reference/reference-file.ts'
import { Deployment } from '../../lib/gate/template/deployment.ts'
import { gateTemplateOf } from './gate-template.ts'
import { templatesOf } from './synthesized.ts'

describe('What every policy grants and denies was reviewed', () => {
  test.each(['sandbox', 'production'] as const)('in %s', async (name) => {
    const config = loadEnvironment(name)
    const templates = [...templatesOf(name)].map(([stack, template]) => gateTemplateOf(config, stack, template.toJSON()))
    const access = accessOf(new Deployment('assembly', templates, new Map()))
    await expect(accessReferenceText(access)).toMatchFileSnapshot(`../../lib/config/references/${name}.yaml`)
  })
})
