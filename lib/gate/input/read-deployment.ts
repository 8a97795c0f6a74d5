import { dirname, join } from 'node:path'
import type { Assembly } from '../assembly/assembly.ts'
import { Deployment } from '../template/deployment.ts'
import { isTemplate, readTemplate } from '../template/read-template.ts'
import { readSource } from '../template/source.ts'
import type { Given } from '../template/template.ts'
import { type DataMap, dataClassOf } from './data-map.ts'
import { readNestedStacks } from './nested-stacks.ts'
import { readFile } from './read-file.ts'

/** What a caller says about what is judged. */
export interface Told {
  /** Values of parameters, by name. */
  readonly parameters: ReadonlyMap<string, Given>
  readonly dataMap: DataMap | undefined
}

/** The stacks of an assembly, deployed together. */
export const deploymentOf = ({ stacks, nested, facts }: Assembly, { dataMap }: Told): Deployment =>
  new Deployment(
    'assembly',
    stacks.map(({ template }) => template),
    nested,
    dataClassOf(dataMap ?? facts),
  )

/**
 * Reads a template, with nested stacks that lie beside it.
 * @returns undefined where the file is no template at all
 * @throws UnreadableError
 */
export function readDeployment(path: string, { parameters, dataMap }: Told): Deployment | undefined {
  const { text, digest } = readFile(path)
  const source = readSource(text, path)
  if (!isTemplate(source)) return undefined
  const template = readTemplate(source, { key: path, digest, given: parameters })
  const nested = readNestedStacks(template, dirname(path), (file) => join(dirname(path), file))
  return new Deployment('template', [template, ...nested.values()], nested, dataClassOf(dataMap))
}

/** Whether a text that cannot be read was meant to be a template. */
export const looksLikeTemplate = (path: string): boolean =>
  /AWSTemplateFormatVersion|"?Resources"?\s*:/.test(readFile(path).text.slice(0, 1_000_000))
