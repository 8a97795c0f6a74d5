import type { TableName } from '../../lambda/shared/items/items.ts'
import type { Person } from '../../lambda/shared/session/session.ts'
import type { KeyContext } from '../../lambda/shared/vault/ports.ts'
import type { Action, Reach } from './reach.ts'

/** What a role reaches and which uses of the vault key it has, as in the policies of the service and people stacks. */
export interface Role {
  readonly reach: Reach
  /** Whether keys of this patient may be made. */
  readonly mayGenerate: (context: KeyContext) => boolean
  /** Whether keys of this patient may be opened. */
  readonly mayUnwrap: (context: KeyContext) => boolean
}

/** One row of what a role reaches, as one statement of a policy. */
interface Grant {
  readonly actions: readonly Action[]
  readonly tables: readonly TableName[]
  /** Which partitions; `dynamodb:LeadingKeys`. */
  readonly of: (pk: string) => boolean
  /** What a query may ask for, and must; `dynamodb:Attributes`. @default anything */
  readonly attributes?: readonly string[]
}

const nobody = (): boolean => false
const anybody = (): boolean => true
const kinds =
  (...names: readonly string[]) =>
  (pk: string): boolean =>
    names.some((name) => pk.endsWith(`#${name}`))
const exactly =
  (practice: string, ...names: readonly (string | undefined)[]) =>
  (pk: string): boolean =>
    names.some((name) => pk === `${practice}#${name}`)

const reaching =
  (grants: readonly Grant[]): Reach =>
  (action, { table, pk, attributes: asked }) =>
    grants.some(
      ({ actions, tables, of, attributes }) =>
        actions.includes(action) &&
        tables.includes(table) &&
        of(pk) &&
        (attributes === undefined || asked?.every((name) => attributes.includes(name)) === true),
    )

const sealing = { mayGenerate: anybody, mayUnwrap: nobody } as const
const keyless = { mayGenerate: nobody, mayUnwrap: nobody } as const

/** Roles of the functions themselves: none reads a record or a wrapped key, and none opens a data key. */
export const functionRoles = {
  intake: {
    reach: reaching([
      { actions: ['put'], tables: ['records', 'wrapped-keys'], of: anybody },
      { actions: ['get', 'put'], tables: ['routing'], of: kinds('calls', 'open', 'due', 'requests') },
    ]),
    ...sealing,
  },
  provider: { reach: reaching([{ actions: ['get', 'put'], tables: ['routing'], of: kinds('budget') }]), ...keyless },
  patient: { reach: reaching([{ actions: ['get'], tables: ['routing'], of: kinds('calls') }]), ...keyless },
  escalation: {
    reach: reaching([
      {
        actions: ['check', 'remove', 'get', 'put', 'query'],
        tables: ['routing'],
        of: kinds('calls', 'open', 'due', 'notices', 'schedule'),
      },
    ]),
    ...keyless,
  },
} as const satisfies Record<string, Role>

/** The role of a signed-in person: a provider reaches one practice, a patient one patient and the end of the ledger's chain that their own looks are added to. */
export const sessionRole = ({ role, practice, patient }: Person): Role =>
  role === 'provider' ? providerRole(practice) : patientRole(practice, patient)

function providerRole(practice: string): Role {
  const ofPractice = (pk: string): boolean => pk.startsWith(`${practice}#`)
  const isOwn = (context: KeyContext): boolean => context.practice === practice
  return {
    reach: reaching([
      { actions: ['get', 'query'], tables: ['records', 'wrapped-keys', 'routing'], of: ofPractice },
      { actions: ['put', 'remove'], tables: ['records'], of: ofPractice },
      { actions: ['put'], tables: ['wrapped-keys', 'ledger'], of: ofPractice },
      { actions: ['query'], tables: ['ledger'], of: exactly(practice, 'chain'), attributes: ['hash'] },
      {
        actions: ['put', 'remove'],
        tables: ['routing'],
        of: exactly(practice, 'calls', 'open', 'due', 'requests', 'schedule'),
      },
    ]),
    mayGenerate: isOwn,
    mayUnwrap: isOwn,
  }
}

function patientRole(practice: string, patient: string | undefined): Role {
  return {
    reach: reaching([
      { actions: ['get', 'query'], tables: ['records', 'wrapped-keys', 'routing'], of: exactly(practice, patient) },
      { actions: ['query'], tables: ['ledger'], of: exactly(practice, patient) },
      { actions: ['put'], tables: ['ledger'], of: exactly(practice, patient, 'chain') },
      { actions: ['query'], tables: ['ledger'], of: exactly(practice, 'chain'), attributes: ['hash'] },
      { actions: ['put'], tables: ['routing'], of: exactly(practice, patient) },
    ]),
    mayGenerate: nobody,
    mayUnwrap: (context) => context.practice === practice && context.patient === patient,
  }
}
