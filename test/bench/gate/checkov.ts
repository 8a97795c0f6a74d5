import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Contender } from './contender.ts'
import type { Command } from './measured-run.ts'
import { outputOf } from './output-of.ts'

const version = '3.3.30'
const environment = resolve('.venv-bench')

/**
 * Checkov, in a virtual environment of its own that is made when it is missing.
 * @throws when it cannot be installed
 */
export function checkov(): Contender {
  if (!installed()) install()
  const command = (templates: readonly string[]): Command => ({
    file: join(environment, 'bin/checkov'),
    exits: [0],
    // Nothing is asked of its makers' service.
    args: ['--framework', 'cloudformation', '--skip-download', '--soft-fail', '-o', 'json', '-f', ...templates],
  })
  return {
    name: 'checkov',
    version,
    rules: 'its checks for CloudFormation',
    command,
    readable: (templates) => {
      const unread = new Set(parsingErrorsIn(outputOf(command(templates))))
      return templates.filter((template) => !unread.has(template))
    },
    inProcess: false,
  }
}

function installed(): boolean {
  const libraries = join(environment, 'lib')
  return (
    existsSync(libraries) &&
    readdirSync(libraries).some((python) => existsSync(join(libraries, python, `site-packages/checkov-${version}.dist-info`)))
  )
}

function install(): void {
  console.error(`Installing checkov ${version} into ${environment}: about a minute.`)
  execFileSync('python3', ['-m', 'venv', environment], { stdio: 'ignore' })
  execFileSync(join(environment, 'bin/pip'), ['install', '--quiet', `checkov==${version}`], { stdio: ['ignore', 'ignore', 'inherit'] })
}

function parsingErrorsIn(report: unknown): string[] {
  const { results } = (report ?? {}) as { results?: { parsing_errors: string[] } }
  return results?.parsing_errors ?? []
}
