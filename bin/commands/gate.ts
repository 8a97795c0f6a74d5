import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { judge } from '../../lib/gate/judge.ts'
import { exitCodeOf, type Verdict } from '../../lib/gate/verdict.ts'
import { type Format, formats, render } from '../../lib/report/index.ts'

interface GateOptions {
  readonly format: Format
  readonly output?: string
}

/** `safe-harbor gate [path]`: judges a cloud assembly that exists. */
export const addGate = (program: Command): Command =>
  program
    .command('gate')
    .description(
      'Judge a cloud assembly: that the HIPAA rule pack ran over every resource, what it found, what is accepted, and that nothing switched it off.',
    )
    .argument('[path]', 'folder that `cdk synth` wrote', 'cdk.out')
    .addOption(new Option('--format <format>', 'form of the verdict').choices(formats).default('terminal'))
    .option('--output <file>', 'write the verdict to a file instead of the terminal')
    .action((path: string, { format, output }: GateOptions) => {
      const verdict = judge([path], new Date())
      const text = render(verdict, format, { color: output === undefined && (process.stdout.hasColors?.() ?? false) })
      if (output === undefined) process.stdout.write(text)
      else writeFileSync(output, text)
      if (output !== undefined) console.log(summary(verdict, output))
      process.exitCode = exitCodeOf(verdict)
    })

const summary = ({ verdict, counts }: Verdict, output: string): string =>
  `${verdict}: ${counts.findings} findings in ${counts.resources} resources of ${counts.stacks} stacks, ${counts.accepted} accepted. Written to ${output}.`
