import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportOf, templateOf } from './templates.ts'

/** Most resources of one stack: "Understand CloudFormation quotas", AWS CloudFormation User Guide. */
const mostOfStack = 500

/** A cloud assembly that was written. */
export interface WrittenAssembly {
  readonly folder: string
  /** Template files of its stacks. */
  readonly templates: readonly string[]
}

/**
 * Writes a cloud assembly of stacks of at most 500 resources. The first exports its key; the others import it.
 * @param folder made when missing
 * @param resources how many of them all stacks hold together
 */
export function writeAssembly(folder: string, resources: number): WrittenAssembly {
  mkdirSync(folder, { recursive: true })
  const stacks = Array.from({ length: Math.ceil(resources / mostOfStack) }, (_, index) => ({
    name: `service-${index + 1}`,
    template: templateOf(Math.min(mostOfStack, resources - index * mostOfStack), index + 1, 0.6, index === 0 ? undefined : exportOf(1)),
  }))
  const templates = stacks.map(({ name, template }) => {
    const file = join(folder, `${name}.template.json`)
    writeFileSync(file, JSON.stringify(template, undefined, 1))
    return file
  })
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifestOf(stacks.map(({ name }) => name)), undefined, 1))
  return { folder, templates }
}

const manifestOf = (names: readonly string[]) => ({
  version: '48.0.0',
  artifacts: Object.fromEntries(
    names.map((name, index) => [
      name,
      {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111122223333/us-east-1',
        properties: { templateFile: `${name}.template.json`, stackName: name },
        ...(index > 0 && { dependencies: [names[0]] }),
      },
    ]),
  ),
})
