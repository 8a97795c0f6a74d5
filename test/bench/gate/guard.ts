import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { Contender } from './contender.ts'
import { hipaaTopics } from './hipaa-topics.ts'
import type { Command } from './measured-run.ts'

const packageFolder = dirname(createRequire(import.meta.url).resolve('@cdklabs/cdk-validator-cfnguard/package.json'))
const binary = join(
  packageFolder,
  'bin',
  process.platform === 'darwin' ? 'macos' : 'ubuntu',
  process.arch === 'arm64' ? 'aarch64' : 'x86_64',
  'cfn-guard',
)
// What it exits with when all pass, and when a rule fails.
const judged: readonly number[] = [0, 19]
const rulesFolder = join(packageFolder, 'rules/control-tower/cfn-guard')

/**
 * AWS CloudFormation Guard, in the build that the CDK's Guard plugin ships.
 * @param ruleFile the registry's HIPAA rule set, where a person has it: no package ships it. Without it, the rules of the plugin that ask the same.
 */
export function guard(ruleFile?: string): Contender {
  const rules = ruleFile === undefined ? sameTopicRules() : [resolve(ruleFile)]
  const command = (templates: readonly string[]): Command => ({
    file: binary,
    exits: judged,
    args: [
      'validate',
      ...['--structured', '--output-format', 'json', '--show-summary', 'none'],
      ...rules.flatMap((rule) => ['--rules', rule]),
      ...templates.flatMap((template) => ['--data', template]),
    ],
  })
  return {
    name: 'cfn-guard',
    version: (JSON.parse(readFileSync(join(packageFolder, 'guard-version.json'), 'utf8')) as { version: string }).version,
    rules:
      ruleFile ?? `${rules.length} Control Tower rules that ask what rules of its HIPAA set ask (that set has 85, and no package ships it)`,
    command,
    readable: (templates) => templates.filter(readable),
    inProcess: false,
  }
}

function sameTopicRules(): string[] {
  const wanted = new Set<string>(hipaaTopics)
  return readdirSync(rulesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.guard'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => wanted.has(/Rule Identifier:\s*#\s*(\w+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? ''))
    .sort()
}

// One template that it cannot parse ends a whole run, so each is tried alone, with a rule of no consequence.
const readable = (template: string): boolean =>
  judged.includes(
    spawnSync(binary, ['validate', '--rules', join(rulesFolder, 'sqs'), '--data', template], { stdio: 'ignore' }).status ?? Number.NaN,
  )
