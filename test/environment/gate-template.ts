import { nameOf } from '../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import { type StackName, stacks } from '../../lib/config/stacks.ts'
import { readTemplate } from '../../lib/gate/template/read-template.ts'
import type { Template } from '../../lib/gate/template/template.ts'

/** The template of a stack as the gate reads it. Its text is left out: findings are compared by what they say, not by their lines. */
export function gateTemplateOf(config: EnvironmentConfig, stack: string, value: object): Template {
  const { duty, region } = stacks[stack as StackName]
  const account = duty === 'management' ? config.guardrails?.managementAccount : config.accounts[duty]
  const source = { file: `${stack}.template.json`, text: '', value, lineOf: () => 1, repeated: [] }
  return readTemplate(source, { key: nameOf(config, stack), digest: '', account, region: config.regions[region] })
}
