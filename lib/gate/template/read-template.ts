import { UnreadableError } from '../assembly/unreadable-error.ts'
import { expandLoops, type Unrolled } from './language-extensions.ts'
import { expandServerless, unseenServerless } from './serverless.ts'
import type { Source } from './source.ts'
import {
  type Given,
  nothingRenamed,
  type Parameter,
  type Remark,
  type Template,
  type WrittenOutput,
  type WrittenResource,
} from './template.ts'

/** What is known of a template from outside of it. */
export interface Surroundings {
  readonly key: string
  /** SHA-256 of the file, in hexadecimal. */
  readonly digest: string
  readonly account?: string | undefined
  readonly region?: string | undefined
  readonly given?: ReadonlyMap<string, Given>
}

type Written = Readonly<Record<string, unknown>>

/** Whether a source is a template at all: it has resources, or says so. */
export const isTemplate = ({ value }: Source): boolean =>
  isRecord(value) && (isRecord(value.Resources) || value.AWSTemplateFormatVersion !== undefined || value.Transform !== undefined)

/**
 * Reads the sections of a template.
 * @throws UnreadableError when it has no resources to judge
 */
export function readTemplate(source: Source, { key, digest, account, region, given }: Surroundings): Template {
  const value = isRecord(source.value) ? source.value : {}
  if (!isRecord(value.Resources))
    throw new UnreadableError(
      `${source.file}:${source.lineOf(['Resources'])}: there is no Resources section, so this is no CloudFormation template. Name a template, a folder of templates, or a folder that \`cdk synth\` wrote.`,
    )
  const parameters = parametersOf(value.Parameters)
  const loops = expandLoops(value.Resources, parameters)
  const written = Object.entries(loops.resources)
  return {
    key,
    source,
    digest,
    account,
    region,
    description: typeof value.Description === 'string' ? value.Description : '',
    parameters,
    given: given ?? new Map(),
    mappings: recordOf(value.Mappings),
    conditions: new Map(Object.entries(recordOf(value.Conditions))),
    resources: new Map(
      written
        .flatMap(([logicalId, resource]) => resourcesOf(logicalId, resource, loops, recordOf(value.Globals)))
        .map((resource) => [resource.logicalId, resource]),
    ),
    outputs: new Map(Object.entries(recordOf(value.Outputs)).map(([name, output]) => [name, outputOf(output)])),
    unseen: [...macrosOf(value.Transform), ...loops.unseen, ...unseenServerless(loops.resources)],
    faults: [
      ...repeatedKeys(source),
      ...written.filter(([, resource]) => !hasType(resource)).map(([logicalId, resource]) => withoutType(logicalId, resource)),
    ],
  }
}

function resourcesOf(logicalId: string, written: unknown, loops: Unrolled, globals: Written): WrittenResource[] {
  if (!hasType(written)) return []
  const { Type: type, Properties, Condition, ...attributes } = written
  const path = recordOf(attributes.Metadata)['aws:cdk:path']
  return expandServerless(
    {
      logicalId,
      writtenId: logicalId,
      type,
      writtenType: type,
      properties: recordOf(Properties),
      attributes,
      condition: typeof Condition === 'string' ? Condition : undefined,
      path: typeof path === 'string' ? path : undefined,
      place: [...(loops.places.get(logicalId) ?? ['Resources', logicalId]), 'Properties'],
      writtenAs: nothingRenamed,
    },
    globals,
    loops.resources,
  )
}

const hasType = (written: unknown): written is Written & { readonly Type: string } => isRecord(written) && typeof written.Type === 'string'

const withoutType = (logicalId: string, written: unknown): Remark => ({
  path: ['Resources', logicalId],
  message:
    isRecord(written) && written.Type !== undefined
      ? `The Type of the resource ${logicalId} is no text.`
      : `The resource ${logicalId} has no Type.`,
})

const repeatedKeys = ({ repeated }: Source): Remark[] =>
  repeated.map(({ path }) => ({ path, message: `The key ${path.at(-1)} stands twice in one map; only the last one counts.` }))

// Transforms of AWS whose effect the gate reads itself; every other one may change anything.
const readTransforms = ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions']

const macrosOf = (transform: unknown): Remark[] =>
  (Array.isArray(transform) ? (transform as unknown[]) : transform === undefined || transform === null ? [] : [transform])
    .filter((name) => !readTransforms.includes(String(name)))
    .map((name) => ({
      path: ['Transform'],
      message: `The macro ${typeof name === 'string' ? name : JSON.stringify(name)} rewrites the template at deployment.`,
    }))

function parametersOf(section: unknown): ReadonlyMap<string, Parameter> {
  return new Map(Object.entries(recordOf(section)).map(([name, written]) => [name, parameterOf(recordOf(written))]))
}

const parameterOf = (written: Written): Parameter => ({
  type: String(written.Type ?? 'String'),
  default: typeof written.Default === 'object' ? undefined : (written.Default as string | undefined),
  allowed: Array.isArray(written.AllowedValues) ? written.AllowedValues.map(String) : [],
  pattern: typeof written.AllowedPattern === 'string' ? written.AllowedPattern : undefined,
  leastLength: Number(written.MinLength ?? 0) || 0,
  noEcho: String(written.NoEcho).toLowerCase() === 'true',
})

function outputOf(written: unknown): WrittenOutput {
  const { Value: value, Export, Condition } = recordOf(written)
  return { value, exportName: recordOf(Export).Name, condition: typeof Condition === 'string' ? Condition : undefined }
}

const isRecord = (value: unknown): value is Written => typeof value === 'object' && value !== null && !Array.isArray(value)

const recordOf = (value: unknown): Written => (isRecord(value) ? value : {})
