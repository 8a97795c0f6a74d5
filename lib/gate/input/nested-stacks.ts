import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { assetsSchema } from '../assembly/assets.ts'
import { readJson } from '../assembly/read-json.ts'
import { readTemplate } from '../template/read-template.ts'
import { readSource } from '../template/source.ts'
import type { Given, Template, WrittenResource } from '../template/template.ts'
import { readFile } from './read-file.ts'

/** Templates of nested stacks, by the stack resource that makes them: `template key/logical id`. */
export type NestedStacks = ReadonlyMap<string, Template>

// AWS allows no such depth; it ends a template that nests itself.
const deepest = 8

/**
 * Reads the templates of nested stacks that lie beside a template: as the CDK writes them (an asset of the assembly) or as `aws cloudformation package` takes them
 * (a path relative to the template). One that is elsewhere stays unseen.
 * @param folder that the template lies in
 * @param shown how a file of that folder is shown to people
 */
export function readNestedStacks(template: Template, folder: string, shown: (file: string) => string, depth = 1): NestedStacks {
  const found = new Map<string, Template>()
  const assets = assetsBeside(template, folder)
  for (const resource of template.resources.values()) {
    const file = nestedFile(resource, assets)
    if (file === undefined || depth > deepest || !existsSync(join(folder, file))) continue
    const nested = read(template, resource, folder, file, shown)
    found.set(`${template.key}/${resource.logicalId}`, nested)
    const further = readNestedStacks(nested, dirname(join(folder, file)), (name) => shown(join(dirname(file), name)), depth + 1)
    for (const [key, inner] of further) found.set(key, inner)
  }
  return found
}

function read(parent: Template, resource: WrittenResource, folder: string, file: string, shown: (file: string) => string): Template {
  const { text, digest } = readFile(join(folder, file))
  return readTemplate(readSource(text, shown(file)), {
    key: `${parent.key}/${resource.logicalId}`,
    account: parent.account,
    region: parent.region,
    digest,
    given: new Map(
      Object.entries(recordOf(resource.properties.Parameters)).map(([name, written]): [string, Given] => [name, { written, from: parent }]),
    ),
  })
}

function nestedFile({ type, properties, attributes }: WrittenResource, assets: ReadonlyMap<string, string>): string | undefined {
  if (type !== 'AWS::CloudFormation::Stack') return undefined
  const asset = recordOf(attributes.Metadata)['aws:asset:path']
  if (typeof asset === 'string') return asset
  const url = properties.TemplateURL
  if (typeof url === 'string' && !url.includes('://')) return url
  const [digest] = /[0-9a-f]{64}/.exec(JSON.stringify(url) ?? '') ?? []
  return digest === undefined ? undefined : assets.get(digest)
}

/** Files of the assets that the CDK lists beside a stack's template, by digest: without asset metadata, the URL of a nested template tells only that. */
function assetsBeside({ source }: Template, folder: string): ReadonlyMap<string, string> {
  const list = join(folder, basename(source.file).replace(/(\.nested)?\.template\.json$/, '.assets.json'))
  if (!list.endsWith('.assets.json') || !existsSync(list)) return new Map()
  const { files } = readJson(list, assetsSchema, 'Run `npx cdk synth` again.')
  return new Map(
    Object.entries(files).flatMap(
      ([
        digest,
        {
          source: { path },
        },
      ]) => (path === undefined ? [] : [[digest, path] as const]),
    ),
  )
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
