import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Listr, type ListrTask } from 'listr2'
import { loadEnvironment } from '../config/load-environment.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import { waiversFileOf } from '../config/waivers-file.ts'
import { judge } from '../gate/judge.ts'
import type { Verdict } from '../gate/verdict.ts'
import { readWaivers } from '../gate/waivers/read-waivers.ts'
import type { Waivers } from '../gate/waivers/waiver.ts'
import { renderHtml } from '../report/html.ts'
import { renderJson } from '../report/json.ts'

/** What a rehearsal made. */
export interface Rehearsal {
  readonly verdict: Verdict
  /** The report as a page. */
  readonly page: string
}

/** Where a rehearsal writes. */
export interface RehearsalFolders {
  /** Folder for the cloud assembly. */
  readonly assembly: string
  /** Folder for the reports. */
  readonly reports: string
}

interface Progress {
  verdict?: Verdict
}

/**
 * Rehearses the rebuild on this machine: reads the configuration, synthesizes every stack, judges the result and writes the report.
 * Nothing is deployed and nothing is looked up.
 *
 * @throws ConfigurationError before anything is written
 */
export async function rehearse(environment: string, folders: RehearsalFolders): Promise<Rehearsal> {
  const config = loadEnvironment(environment)
  const page = join(folders.reports, `${environment}.html`)
  const tasks: ListrTask<Progress>[] = [
    {
      title: 'Load the construct library',
      task: async () => {
        await drawn()
        await import('../environment/synthesize.ts')
      },
    },
    {
      title: 'Synthesize every stack, the HIPAA rule pack over each',
      task: async (_progress, task) => {
        await drawn()
        await synthesizeInto(folders.assembly, config)
        task.title = `Synthesized into ${folders.assembly}`
      },
    },
    {
      title: 'Judge the templates',
      task: async (progress, task) => {
        await drawn()
        progress.verdict = judge([folders.assembly], { today: new Date(), strict: true, waivers: waiversOf(environment) })
        task.title = `Judged ${progress.verdict.counts.resources} resources`
      },
    },
    {
      title: 'Write the report',
      task: async ({ verdict }, task) => {
        mkdirSync(folders.reports, { recursive: true })
        writeFileSync(page, renderHtml(verdict as Verdict))
        writeFileSync(join(folders.reports, `${environment}.json`), renderJson(verdict as Verdict))
        task.title = `Report in ${page}`
      },
    },
  ]
  const { verdict } = await new Listr(tasks, { fallbackRenderer: 'simple' }).run({})
  return { verdict: verdict as Verdict, page }
}

function waiversOf(environment: string): Waivers | undefined {
  const file = waiversFileOf(environment)
  return file === undefined ? undefined : readWaivers(file)
}

// The construct library is not imported at the top: the command line answers at once, and shows what it is about to do.
async function synthesizeInto(outdir: string, config: EnvironmentConfig): Promise<void> {
  const { openApp, synthesize } = await import('../environment/synthesize.ts')
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: Record<string, unknown> }
  try {
    synthesize(openApp({ outdir, context: { ...context, ...asUnderTheCommandLine } }), config)
  } catch (error) {
    // Findings are no failure of the synthesis: they are in the assembly, and the gate tells them.
    if ((error as Error).name !== 'ValidationFailed') throw error
  }
}

// Construct paths in the templates, as the CDK command line asks for them; and an error instead of a printed report when there are findings.
const asUnderTheCommandLine = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  '@aws-cdk/core:appMode': 'inmemory',
}

// Synthesis blocks; the line that says what is going on must be on the screen before.
const drawn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))
