import { dirname, join } from 'node:path'
import { Deployment } from '../template/deployment.ts'
import { readTemplate } from '../template/read-template.ts'
import { readSource } from '../template/source.ts'
import type { Template } from '../template/template.ts'
import { type DataMap, dataClassOf } from './data-map.ts'
import { type NestedStacks, readNestedStacks } from './nested-stacks.ts'
import { readFile } from './read-file.ts'

/** A template of a stack that is known from outside of any manifest. */
export interface StackTemplate {
  readonly name: string
  /** Relative to the folder of the assembly. */
  readonly file: string
  readonly account: string | undefined
  readonly region: string | undefined
}

/**
 * Reads stacks that are deployed together, with the stacks nested in them.
 * @param root folder of the assembly
 * @throws UnreadableError
 */
export function readStackTemplates(root: string, stacks: readonly StackTemplate[], dataMap: DataMap | undefined): Deployment {
  const outer = stacks.map((stack) => readOne(root, stack))
  const nested = new Map(outer.flatMap((template) => [...nestedIn(root, template)]))
  return new Deployment('assembly', [...outer, ...nested.values()], nested, dataClassOf(dataMap))
}

function nestedIn(root: string, template: Template): NestedStacks {
  const folder = dirname(template.source.file)
  return readNestedStacks(template, join(root, folder), (file) => join(folder, file))
}

function readOne(root: string, { name, file, account, region }: StackTemplate): Template {
  const { text, digest } = readFile(join(root, file))
  return readTemplate(readSource(text, file), { key: name, digest, account, region })
}
