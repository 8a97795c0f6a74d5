import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Phase, phases } from '../../lib/config/phases.ts'
import { print, type Terminal } from '../terminal.ts'

interface Options {
  readonly data: string
  readonly port: number
  readonly phase: Phase
}

/** `safe-harbor serve`: the service on this machine, without AWS. */
export const addServe = (program: Command, terminal: Terminal): Command =>
  program
    .command('serve')
    .description('Run the on-call service on this machine, without AWS, to try it. Not for patients.')
    .option('--data <folder>', 'folder of records, keys and notifications', '.safe-harbor')
    .option('--port <number>', 'port on 127.0.0.1, 0 for any', portOf, 8020)
    .addOption(new Option('--phase <phase>', 'phase of the restoration').choices(phases).default('open'))
    .action((options: Options) => serve(terminal, options))

async function serve(terminal: Terminal, { data, port, phase }: Options): Promise<void> {
  const { startService } = await import('../../lib/local-service/service.ts')
  const { startText } = await import('../../lib/local-service/start-text.ts')
  // What happens all the time would hide the notifications; warnings and errors, which ring in AWS, are still printed.
  console.info = () => undefined
  const service = await startService({ dataFolder: data, port, phase, print: (line) => print(terminal, line) })
  print(terminal, startText(service.url, data, phase))
  await signal()
  await service.stop()
  print(terminal, 'Stopped. Everything is kept in the folder.')
}

const signal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve())
  })

function portOf(text: string): number {
  if (!/^[0-9]{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('It is a number from 0 to 65535.')
  return Number(text)
}
