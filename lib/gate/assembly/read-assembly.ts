import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { z } from 'zod'
import { readNestedStacks } from '../input/nested-stacks.ts'
import { readFile } from '../input/read-file.ts'
import { readTemplate } from '../template/read-template.ts'
import { readSource } from '../template/source.ts'
import type { Given } from '../template/template.ts'
import type { Assembly, AssemblyStack, PluginReport } from './assembly.ts'
import { assetsSchema } from './assets.ts'
import { factsFile, factsSchema } from './facts.ts'
import { readJson } from './read-json.ts'
import { schemaOf } from './schema.ts'
import { UnreadableError } from './unreadable-error.ts'

const synthesizeFirst = 'Run `npx cdk synth` first, or name the folder it wrote.'

// The parts of the CDK's files that the gate reads ("Cloud assembly" of the AWS CDK Developer Guide); the rest is left alone.
const manifestSchema = schemaOf(({ z }) =>
  z.object({
    artifacts: z.record(
      z.string(),
      z.object({
        type: z.string(),
        environment: z.string().optional(),
        properties: z
          .object({ templateFile: z.string().optional(), stackName: z.string().optional(), directoryName: z.string().optional() })
          .optional(),
      }),
    ),
  }),
)
const violationSchema = schemaOf(({ z }) =>
  z.object({
    ruleName: z.string(),
    description: z.string(),
    severity: z.string().optional(),
    violatingConstructs: z.array(z.object({ constructPath: z.string().optional() })),
    reason: z.string().optional(),
  }),
)
const reportSchema = schemaOf(({ z }) =>
  z.object({
    pluginReports: z.array(
      z.object({
        pluginName: z.string(),
        conclusion: z.string(),
        violations: z.array(violationSchema()),
        suppressedViolations: z.array(violationSchema()).optional(),
      }),
    ),
  }),
)

/**
 * Reads a cloud assembly with its nested assemblies and nested stacks.
 * @param path folder that `cdk synth` wrote
 * @param given values of parameters, for every template
 * @throws UnreadableError naming the file and the next step
 */
export function readAssembly(path: string, given: ReadonlyMap<string, Given> = new Map()): Assembly {
  const facts = join(path, factsFile)
  const report = join(path, 'validation-report.json')
  const stacks = readStacks(path, '', given)
  const nested = new Map(stacks.flatMap(({ template, file }) => [...nestedOf(path, template, file)]))
  return {
    path,
    stacks: stacks.flatMap((stack) => [
      stack,
      ...[...nested.values()].filter(({ key }) => key.startsWith(`${stack.name}/`)).map((template) => nestedStack(stack, template)),
    ]),
    nested,
    reports: existsSync(report) ? readJson(report, reportSchema, synthesizeFirst).pluginReports.map(pluginReport) : undefined,
    facts: existsSync(facts) ? readJson(facts, factsSchema, synthesizeFirst) : undefined,
  }
}

const nestedOf = (root: string, template: AssemblyStack['template'], file: string) =>
  readNestedStacks(template, join(root, dirname(file)), (name) => join(dirname(file), name))

function readStacks(root: string, folder: string, given: ReadonlyMap<string, Given>): AssemblyStack[] {
  const { artifacts } = readJson(join(root, folder, 'manifest.json'), manifestSchema, synthesizeFirst)
  return Object.entries(artifacts).flatMap(([id, { type, environment, properties }]) => {
    if (type === 'cdk:cloud-assembly') return readStacks(root, join(folder, properties?.directoryName ?? id), given)
    if (type !== 'aws:cloudformation:stack') return []
    const file = join(folder, properties?.templateFile ?? `${id}.template.json`)
    return [readStack(root, file, properties?.stackName ?? id, environment ?? '', given)]
  })
}

function readStack(root: string, file: string, name: string, environment: string, given: ReadonlyMap<string, Given>): AssemblyStack {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? []
  if (account === undefined || region === undefined)
    throw new UnreadableError(`${file}: the manifest names no account and Region for ${name}. ${synthesizeFirst}`)
  const { text, digest } = readFile(join(root, file))
  const template = readTemplate(readSource(text, file), { key: name, digest, account: known(account), region: known(region), given })
  return {
    name,
    account,
    region,
    description: template.description,
    file,
    template,
    resources: [...template.resources.values()],
    synthesizedDigest: digestInAssets(root, file),
  }
}

// An environment-agnostic stack is deployed wherever the command line is pointed at.
const known = (name: string): string | undefined => (name.startsWith('unknown-') ? undefined : name)

const nestedStack = ({ account, region, template: parent }: AssemblyStack, template: AssemblyStack['template']): AssemblyStack => ({
  name: template.key,
  account,
  region,
  description: template.description || `Nested in ${parent.key}`,
  file: template.source.file,
  template,
  resources: [...template.resources.values()],
  synthesizedDigest: undefined,
})

/** The CDK names a template among the stack's assets by the SHA-256 of its bytes. */
function digestInAssets(root: string, file: string): string | undefined {
  const assets = join(root, file.replace(/\.template\.json$/, '.assets.json'))
  if (!existsSync(assets)) return undefined
  const { files } = readJson(assets, assetsSchema, synthesizeFirst)
  const name = file.slice(file.lastIndexOf('/') + 1)
  return Object.entries(files).find(([, { source }]) => source.path === name)?.[0]
}

type Violation = z.output<ReturnType<typeof violationSchema>>

const pluginReport = (report: z.output<ReturnType<typeof reportSchema>>['pluginReports'][number]): PluginReport => ({
  plugin: report.pluginName,
  conclusion: report.conclusion,
  violations: report.violations.map(violation),
  suppressed: (report.suppressedViolations ?? []).map(violation),
})

const violation = ({ ruleName, description, severity, violatingConstructs, reason }: Violation) => ({
  rule: ruleName,
  description,
  severity: severity ?? 'error',
  constructs: violatingConstructs.flatMap(({ constructPath }) => (constructPath === undefined ? [] : [constructPath])),
  reason,
})
