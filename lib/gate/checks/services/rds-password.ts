import type { Resource } from '../../template/resource.ts'
import { isTrue, plain, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, undecided } from '../control.ts'
import { isWritten } from './inheritance.ts'

interface Password {
  /** Switch by which the service makes and rotates the password itself. */
  readonly managed: string
  /** Property with the password. */
  readonly given: string
}

/** Whether the master user's password comes from Secrets Manager, and not from whoever deploys. Nothing is said where no password is given. Shows no password. */
export function judgeManagedPassword(resource: Resource, { managed, given }: Password): Outcome | undefined {
  const on = resource.get(managed)
  if (isTrue(on)) return pass(managed, on)
  const password = resource.get(given)
  if (!isWritten(password)) return on instanceof Unknown ? undecided(managed, on.reason) : undefined
  if (password instanceof Unknown && password.dynamicReference !== undefined) return judgeReference(given, password)
  if (typeof password === 'string' && /\{\{resolve:secretsmanager:/.test(password)) return pass(given, '{{resolve:secretsmanager:...}}')
  if (on instanceof Unknown) return undecided(managed, on.reason)
  return fail(given, undefined, 'The password is handed over at deployment, and nothing renews it.')
}

const judgeReference = (given: string, password: Unknown): Outcome =>
  /^\{\{resolve:secretsmanager:/.test(password.dynamicReference ?? '')
    ? pass(given, String(plain(password)))
    : fail(given, String(plain(password)), 'Parameter Store keeps the password, which cannot renew it.')
