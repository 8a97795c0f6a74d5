import type { EnvironmentConfig } from '../config/schema.ts'
import { type Check, type Judgement, type PreparedCheck, unknown } from './check.ts'
import { type CheckGroup, checkGroups } from './checks/index.ts'
import type { Account } from './places.ts'
import type { Reader, Unread } from './reader.ts'
import { within } from './within.ts'

/** Checks of the configuration or of one account, judged. */
export interface PreparedGroup extends CheckGroup {
  readonly checks: readonly PreparedCheck[]
}

/** Every check of an environment, judged as far as the credentials reach. */
export interface Preparation {
  /** The account that was read; undefined when none was. */
  readonly read: string | undefined
  /** Why no account, or none of this environment, was read. */
  readonly because: string | undefined
  readonly groups: readonly PreparedGroup[]
}

/** What `--offline` stands for: a reader that reads nothing. */
export const offline: Unread = { because: 'Asked not to read any account.' }

/** How long one check may read, in milliseconds. */
const patience = 20_000

/**
 * Judges every check. Rejects for nothing that AWS answers: a reading that fails leaves its check unknown, and says why.
 *
 * @param reader of the account that the credentials belong to, or why there is none
 */
export async function prepare(config: EnvironmentConfig, reader: Reader | Unread): Promise<Preparation> {
  const groups = checkGroups(config, reader.account)
  const known = groups.some(({ account }) => account?.id !== undefined && account.id === reader.account)
  const strange = `The credentials belong to ${reader.account}, which is no account of ${config.name}.`
  const because = reader.account === undefined ? reader.because : known ? undefined : strange
  return {
    read: known ? reader.account : undefined,
    because,
    groups: await Promise.all(groups.map((group) => preparedGroup(group, reader))),
  }
}

/**
 * The command's exit code: 1 when something is to be mended, else 0. An unknown check is no failure, because printing the commands is what
 * the command is for where credentials do not reach.
 */
export const exitCodeOf = ({ groups }: Preparation): 0 | 1 =>
  groups.some(({ checks }) => checks.some(({ judgement }) => judgement.verdict === 'mend')) ? 1 : 0

async function preparedGroup({ account, checks }: CheckGroup, reader: Reader | Unread): Promise<PreparedGroup> {
  const judged = checks.map(async (check) => ({ ...check, judgement: await judgementOf(check, account, reader) }))
  return { account, checks: await Promise.all(judged) }
}

async function judgementOf({ evidence }: Check, account: Account | undefined, reader: Reader | Unread): Promise<Judgement> {
  if (evidence.from === 'configuration') return evidence.judge()
  if (evidence.from === 'hand') return unknown(evidence.because)
  if (reader.account === undefined || reader.account !== account?.id) return unknown('This account was not read.')
  try {
    return await within(patience, evidence.judge(reader))
  } catch (error) {
    return unknown(whyUnread(error, evidence.permission))
  }
}

// Services name a refusal in different ways: AccessDenied, AccessDeniedException, UnauthorizedOperation, AuthorizationError.
const refusal = /AccessDenied|Unauthorized|AuthorizationError|Forbidden/

function whyUnread(error: unknown, permission: string): string {
  if (!(error instanceof Error)) throw error
  // "User: ... is not authorized to perform: iam:GetRole on resource: ..."
  const named = /not authorized to perform: ([\w-]+:\w+)/.exec(error.message)?.[1]
  return refusal.test(error.name) ? `Reading was denied: ${named ?? permission} is missing.` : `Reading failed: ${error.name}.`
}
