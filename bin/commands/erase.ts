import { join } from 'node:path'
import type { Command } from 'commander'
import { ConfigurationError } from '../../lib/config/configuration-error.ts'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import type { Erased } from '../../lib/operations/erase.ts'
import { print, type Terminal, warn } from '../terminal.ts'

interface Options {
  readonly confirm?: string
  readonly data?: string
}

interface Whom {
  readonly practice: string
  /** Undefined: every patient of the practice. */
  readonly patient?: string
}

/** `safe-harbor erase patient|practice <environment> ...`: nobody opens the records of a patient, or of a practice, any more. */
export function addErase(program: Command, terminal: Terminal): Command {
  const erase = program
    .command('erase')
    .description('Erase a patient or a practice by deleting the wrapped keys, and print when the last locked copy of them goes.')
  withOptions(erase.command('patient').description('Erase one patient.'))
    .argument('<patient>', 'id of the patient')
    .action((environment: string, practice: string, patient: string, options: Options) =>
      run(terminal, environment, { practice, patient }, options),
    )
  withOptions(erase.command('practice').description('Erase every patient of a practice.')).action(
    (environment: string, practice: string, options: Options) => run(terminal, environment, { practice }, options),
  )
  return program
}

const withOptions = (command: Command): Command =>
  command
    .argument('<environment>', 'environment, a file of lib/config/environments')
    .argument('<practice>', 'id of the practice')
    .option(
      '--confirm <id>',
      'the id of the patient, or of the practice, once more; without it nothing is erased and the dates are printed',
    )
    .option('--data <folder>', 'the service on this machine instead, by its data folder; stop it first')

async function run(terminal: Terminal, environment: string, whom: Whom, { confirm, data }: Options): Promise<void> {
  const { loadEnvironment } = await import('../../lib/config/load-environment.ts')
  const config = loadEnvironment(environment)
  const { describeCopies } = await import('../../lib/operations/erase-copies.ts')
  requireIds(whom)
  if (confirm !== (whom.patient ?? whom.practice)) {
    if (data === undefined) print(terminal, describeCopies(config, new Date()))
    warn(
      terminal,
      confirm === undefined
        ? `Nothing was erased. Add --confirm ${whom.patient ?? whom.practice} to erase it; nothing brings it back.`
        : 'Nothing was erased: --confirm names another id.',
    )
    terminal.exitCode = 2
    return
  }
  const { patients, keys } = await (data === undefined ? eraseThere(terminal, config, whom) : eraseHere(terminal, data, whom))
  print(
    terminal,
    keys === 0
      ? 'No wrapped key was there: everything was erased before, or the id is of nobody.'
      : `Erased ${patients} ${patients === 1 ? 'patient' : 'patients'}: ${keys} wrapped keys deleted.`,
  )
  if (data === undefined) print(terminal, describeCopies(config, new Date()))
}

function requireIds({ practice, patient }: Whom): void {
  const wrong = Object.entries({ practice, patient }).filter(([, id]) => id !== undefined && !/^[a-z0-9]{8,32}$/.test(id))
  if (wrong.length === 0) return
  const problems = wrong.map(([field, value]) => ({
    field,
    value: JSON.stringify(value),
    remedy: 'must be an id of 8 to 32 lower-case letters and digits.',
  }))
  throw new ConfigurationError('The command line', problems)
}

async function eraseThere(terminal: Terminal, config: EnvironmentConfig, whom: Whom): Promise<Erased> {
  const { itemsOfEnvironment } = await import('../../lib/operations/erase-items.ts')
  return erase(terminal, itemsOfEnvironment(config), whom)
}

async function eraseHere(terminal: Terminal, data: string, whom: Whom): Promise<Erased> {
  const { openLocalItems } = await import('../../lib/local-service/level-items.ts')
  const { requireDataFolder } = await import('../../lib/local-service/offline-file.ts')
  await requireDataFolder(data)
  const items = await openLocalItems(join(data, 'items'))
  try {
    return await erase(terminal, items, whom)
  } finally {
    await items.close()
  }
}

async function erase(
  terminal: Terminal,
  items: Parameters<typeof import('../../lib/operations/erase.ts')['erasePatient']>[0],
  { practice, patient }: Whom,
) {
  const { erasePatient, erasePractice } = await import('../../lib/operations/erase.ts')
  const told = (done: Erased): void => print(terminal, `erased ${done.patients} patients`)
  return patient === undefined ? erasePractice(items, practice, told) : erasePatient(items, practice, patient)
}
