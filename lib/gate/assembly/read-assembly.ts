import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Assembly, AssemblyStack, PluginReport, TemplateResource } from './assembly.ts'
import { factsFile, factsSchema } from './facts.ts'
import { readJson } from './read-json.ts'
import { UnreadableError } from './unreadable-error.ts'

const synthesizeFirst = 'Run `npx cdk synth` first, or name the folder it wrote.'

// The parts of the CDK's files that the gate reads ("Cloud assembly" of the AWS CDK Developer Guide); the rest is left alone.
const manifestSchema = z.object({
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
})
const templateSchema = z.object({
  Description: z.string().optional(),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).optional(),
      Metadata: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})
const violationSchema = z.object({
  ruleName: z.string(),
  description: z.string(),
  severity: z.string().optional(),
  violatingConstructs: z.array(z.object({ constructPath: z.string().optional() })),
  reason: z.string().optional(),
})
const reportSchema = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      conclusion: z.string(),
      violations: z.array(violationSchema),
      suppressedViolations: z.array(violationSchema).optional(),
    }),
  ),
})

/**
 * Reads a cloud assembly with its nested assemblies.
 * @param path folder that `cdk synth` wrote
 * @throws UnreadableError naming the file and the next step
 */
export function readAssembly(path: string): Assembly {
  const facts = join(path, factsFile)
  const report = join(path, 'validation-report.json')
  return {
    path,
    stacks: readStacks(path, ''),
    reports: existsSync(report) ? readJson(report, reportSchema, synthesizeFirst).pluginReports.map(pluginReport) : undefined,
    facts: existsSync(facts) ? readJson(facts, factsSchema, synthesizeFirst) : undefined,
  }
}

function readStacks(root: string, folder: string): AssemblyStack[] {
  const { artifacts } = readJson(join(root, folder, 'manifest.json'), manifestSchema, synthesizeFirst)
  return Object.entries(artifacts).flatMap(([id, { type, environment, properties }]) => {
    if (type === 'cdk:cloud-assembly') return readStacks(root, join(folder, properties?.directoryName ?? id))
    if (type !== 'aws:cloudformation:stack') return []
    return [
      readStack(root, join(folder, properties?.templateFile ?? `${id}.template.json`), properties?.stackName ?? id, environment ?? ''),
    ]
  })
}

function readStack(root: string, file: string, name: string, environment: string): AssemblyStack {
  const template = readJson(join(root, file), templateSchema, synthesizeFirst)
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? []
  if (account === undefined || region === undefined)
    throw new UnreadableError(`${file}: the manifest names no account and Region for ${name}. ${synthesizeFirst}`)
  const resources = Object.entries(template.Resources).map(([logicalId, { Type, Properties, Metadata }]): TemplateResource => {
    const path = Metadata?.['aws:cdk:path']
    return { logicalId, type: Type, properties: Properties ?? {}, path: typeof path === 'string' ? path : undefined }
  })
  return { name, account, region, description: template.Description ?? '', file, text: readFileSync(join(root, file), 'utf8'), resources }
}

type Violation = z.output<typeof violationSchema>

const pluginReport = (report: z.output<typeof reportSchema>['pluginReports'][number]): PluginReport => ({
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
