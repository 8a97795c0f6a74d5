import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { escalate } from '../../lambda/service/escalation/domain.ts'
import type { ServicePhase } from '../../lambda/service/phase.ts'
import type { ReadLimits } from '../../lambda/shared/ledger/read-budget.ts'
import { answers } from './answers.ts'
import { localAuthorizer } from './authorizer.ts'
import { escalationRunner, kicking } from './escalation-runner.ts'
import { serviceExchange } from './exchange.ts'
import { removeExpired } from './expiry.ts'
import { openLocalItems } from './level-items.ts'
import { openLocalIssuer } from './local-issuer.ts'
import { openLocalKeys } from './local-keys.ts'
import { isOffline } from './offline-file.ts'
import { printedNotifier } from './printed-notifier.ts'
import { itemsWithin } from './reach.ts'
import { functionRoles } from './roles.ts'
import { seed } from './seed.ts'
import { accounts, practices } from './seeded.ts'
import { listen } from './server.ts'
import { signIn } from './sign-in.ts'

/** What may be chosen of a service on this machine. */
export interface ServiceOptions {
  /** Folder of records, keys and notifications; it is made when it is not there. */
  readonly dataFolder: string
  /** 0 for any that is free. */
  readonly port: number
  readonly phase: ServicePhase
  /** Where notifications are printed. */
  readonly print: (line: string) => void
  /** Milliseconds since 1970. @default the clock of this machine */
  readonly now?: () => number
  /** Milliseconds between sweeps of escalation. @default five seconds */
  readonly sweepEvery?: number
  /** @default the limits of the service */
  readonly budget?: ReadLimits
}

/** A service that runs. */
export interface RunningService {
  readonly url: string
  /** Escalates everything that is due by now. */
  readonly sweep: () => Promise<void>
  /** Answers what is at hand, writes what is to be written, and ends. */
  readonly stop: () => Promise<void>
}

/** What this is, for people. It is no place for patients: keys lie beside the records, and anybody on this machine can sign in as anybody. */
export const about = {
  service: 'Safe Harbor on-call line, on this machine',
  purpose:
    'For trying the service. Not for patients: the keys lie beside the records, and whoever reaches this address can sign in as anybody.',
  signIn: 'POST /local/sign-in with {"person": "rivera"}',
} as const

/**
 * Starts the service on this machine: its functions as they are in AWS, on adapters that keep everything in one folder.
 * @throws LocalItemsError or SecretFileError when the folder cannot be used, Error of the system when the port is taken
 */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { dataFolder, port, phase, print, now = Date.now, sweepEvery = 5_000, budget } = options
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const stored = await openLocalItems(join(dataFolder, 'items'))
  await seed(stored)
  await removeExpired(stored, now())
  const [keys, issuer] = [await openLocalKeys(join(dataFolder, 'keys.json')), await openLocalIssuer(join(dataFolder, 'issuer.json'), now)]

  const served = { phase, practices: Object.values(practices), pilotPractices: [practices.northside] }
  const notifier = printedNotifier(dataFolder, print, now)
  const escalating = { items: itemsWithin(stored, functionRoles.escalation.reach), notifier, practices: served.practices, now }
  const runner = escalationRunner((what) => escalate(escalating, what), sweepEvery)
  const whole = { items: kicking(stored, runner.kick), keys }
  const exchange = serviceExchange({
    isOffline: () => isOffline(dataFolder),
    about: { ...about, phase },
    signIn: signIn(issuer, accounts),
    authorizer: localAuthorizer(issuer),
    answers: answers({ whole, issuer, served, now, ...(budget === undefined ? {} : { budget }) }),
  })
  const end = async (): Promise<void> => {
    await runner.stop()
    await stored.close()
  }
  const listening = await listen(port, exchange).catch(async (error: unknown) => {
    await end()
    throw error
  })
  return {
    url: listening.url,
    sweep: runner.sweep,
    stop: async () => {
      await listening.close()
      await end()
    },
  }
}
