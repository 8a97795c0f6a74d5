import { closeSync, openSync, writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { JudgeOptions } from '../../lib/gate/judge.ts'
import { exitCodeOf, type Verdict } from '../../lib/gate/verdict.ts'
import { type Format, formats, render } from '../../lib/report/index.ts'
import { jsonPieces } from '../../lib/report/json.ts'
import { colorOf, print, type Terminal } from '../terminal.ts'
import { loadAccess, loadGate } from './load-gate.ts'

interface GateOptions {
  readonly format: Format
  readonly output?: string
  readonly strict?: true
  readonly parameters?: string
  readonly dataMap?: string
  readonly waivers?: string
  readonly proposeWaivers?: string
  readonly reference?: string
  readonly writeReference?: string
}

/** `safe-harbor gate [path...]`: judges cloud assemblies and templates that exist. */
export const addGate = (program: Command, terminal: Terminal): Command =>
  program
    .command('gate')
    .description(
      'Judge cloud assemblies, templates (JSON, YAML, SAM) and folders of them, property by property, with the line that decided.',
    )
    .argument('[paths...]', 'folders that `cdk synth` wrote, templates, or folders of templates', ['cdk.out'])
    .addOption(new Option('--format <format>', 'form of the verdict').choices(formats).default('terminal'))
    .option('--output <file>', 'write the verdict to a file instead of the terminal')
    .option('--strict', 'let what is undecided fail too')
    .option('--parameters <file>', 'values of parameters, as JSON; without it, their defaults')
    .option('--data-map <file>', 'which stores hold what, as JSON; without it, every store counts as sensitive')
    .option('--waivers <file>', 'accepted findings, as YAML or JSON, kept by who reviews and not by who changes')
    .option('--propose-waivers <file>', 'write an entry for every open finding, to be filled in and signed')
    .option('--reference <file>', 'policies as they were reviewed, as YAML: one that grants more, or denies less, fails')
    .option('--write-reference <file>', 'write what every policy grants and denies, to be reviewed')
    .action(async (paths: readonly string[], options: GateOptions) => {
      const { format, output, proposeWaivers, writeReference } = options
      const judging = await judgeOptions(paths, options)
      const verdict = loadGate().judge(paths, judging)
      if (output === undefined) terminal.stdout.write(render(verdict, format, colorOf(terminal)))
      else if (format === 'json') writeInPieces(output, jsonPieces(verdict))
      else writeFileSync(output, render(verdict, format, { color: false }))
      if (output !== undefined) print(terminal, summary(verdict, output))
      if (proposeWaivers !== undefined) writeFileSync(proposeWaivers, await waiversFor(verdict))
      if (writeReference !== undefined) writeFileSync(writeReference, await accessReferenceOf(paths, judging))
      terminal.exitCode = exitCodeOf(verdict)
    })

const pieceLength = 65_536

/** Writes a text that is never held as a whole. */
function writeInPieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w')
  try {
    let held = ''
    for (const piece of pieces) {
      held += piece
      if (held.length < pieceLength) continue
      writeFileSync(file, held)
      held = ''
    }
    writeFileSync(file, held)
  } finally {
    closeSync(file)
  }
}

async function waiversFor({ subjects }: Verdict): Promise<string> {
  const { waiverTemplate } = await import('../../lib/gate/waivers/waiver-template.ts')
  return waiverTemplate(subjects)
}

async function accessReferenceOf(paths: readonly string[], { parameters = new Map(), dataMap }: JudgeOptions): Promise<string> {
  const { accessReferenceText } = await import('../../lib/gate/reference/reference-file.ts')
  return accessReferenceText(loadAccess().accessAt(paths, { parameters, dataMap }))
}

async function readReference(paths: readonly string[], file: string): Promise<NonNullable<JudgeOptions['reference']>> {
  loadAccess().onlyInput(paths)
  const { readAccessReference } = await import('../../lib/gate/reference/reference-file.ts')
  return readAccessReference(file)
}

async function judgeOptions(
  paths: readonly string[],
  { strict, parameters, dataMap, waivers, reference }: GateOptions,
): Promise<JudgeOptions> {
  return {
    today: new Date(),
    strict: strict === true,
    ...(parameters !== undefined && { parameters: (await import('../../lib/gate/input/read-parameters.ts')).readParameters(parameters) }),
    ...(waivers !== undefined && { waivers: (await import('../../lib/gate/waivers/read-waivers.ts')).readWaivers(waivers) }),
    ...(reference !== undefined && { reference: await readReference(paths, reference) }),
    ...(dataMap !== undefined && { dataMap: (await import('../../lib/gate/input/data-map.ts')).readDataMap(dataMap) }),
  }
}

const summary = ({ verdict, counts }: Verdict, output: string): string =>
  `${verdict}: ${counts.findings} findings and ${counts.undecided} undecided in ${counts.resources} resources of ${counts.stacks} templates, ${counts.accepted} accepted. Written to ${output}.`
