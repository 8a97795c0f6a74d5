import { type Change, isIntrinsic, type Path } from './changes.ts'
import { removed } from './replaced.ts'

/** What a policy is for decides what weakens it. */
export type PolicyKind = 'identity' | 'resource' | 'trust' | 'endpoint' | 'organization'

/** Where a policy stands in a resource, and what it may speak of. */
export interface PolicyPlace {
  readonly kind: PolicyKind
  /** Below the properties. */
  readonly path: string
  /** Whatever may be done to the resource that it belongs to, as the service takes it in such a policy. */
  readonly all?: string | readonly string[]
  /** Something of that which harms nobody. */
  readonly harmless: string
}

/** A change to a value at a path. */
export type Weakening = readonly [path: Path, change: Change]

type Statement = Readonly<Record<string, unknown>> & { readonly Effect: string; readonly Sid?: string }
type Block = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const stranger = 'arn:aws:iam::999988887777:root'

/** Every way to weaken a policy: grants widened, conditions loosened, denials lifted, statements added. */
export function weakenedPolicies(place: PolicyPlace, path: Path, document: unknown): readonly Weakening[] {
  const statements = (document as { readonly Statement?: unknown } | undefined)?.Statement
  if (!Array.isArray(statements)) return []
  const all = statements as readonly Statement[]
  return [
    ...all.flatMap((statement, index) => {
      const at: Path = [...path, 'Statement', index]
      if (statement.Effect !== 'Deny') return widenedGrants(place, at, statement)
      return liftedDenials(place, at, statement, all.length)
    }),
    ...added(place, all).map(
      ([name, statement]): Weakening => [
        [...path, 'Statement'],
        [`given ${name}`, [...all, statement]],
      ],
    ),
  ]
}

/** Statements that no policy of its kind may have. */
function added({ kind, all: Action = '*' }: PolicyPlace, others: readonly Statement[]): readonly (readonly [string, object])[] {
  const allow = (statement: object) => ({ Sid: 'Added', Effect: 'Allow', ...statement })
  const everything = { Action, Resource: kind === 'resource' ? (others.at(-1)?.['Resource'] ?? '*') : '*' }
  switch (kind) {
    case 'organization':
      return []
    case 'identity':
      return [
        ['a statement that allows everything', allow(everything)],
        ['a statement that allows everything but one action', allow({ NotAction: 'aws-portal:ViewBilling', Resource: '*' })],
        ['a statement that lets it make itself an administrator', allow({ Action: 'iam:AttachRolePolicy', Resource: '*' })],
      ]
    case 'trust':
      return [
        ['a statement that lets everybody in', allow({ Principal: '*', Action: 'sts:AssumeRole' })],
        ['a statement that lets everybody of AWS in', allow({ Principal: { AWS: '*' }, Action: 'sts:AssumeRole' })],
        ['a statement that lets another account in', allow({ Principal: { AWS: stranger }, Action: 'sts:AssumeRole' })],
      ]
    default:
      return [
        ['a statement that allows everybody everything', allow({ Principal: '*', ...everything })],
        ['a statement that allows another account everything', allow({ Principal: { AWS: stranger }, ...everything })],
      ]
  }
}

/** A denial goes, or holds for one harmless action, one stranger or one resource only, or never. */
function liftedDenials({ kind, harmless }: PolicyPlace, at: Path, statement: Statement, count: number): readonly Weakening[] {
  const { Condition, Principal } = statement as { Condition?: Block; Principal?: unknown }
  const never = { ...Condition, DateLessThan: { ...Condition?.['DateLessThan'], 'aws:CurrentTime': '1970-01-01T00:00:00Z' } }
  const ofIdentities = kind === 'identity' || kind === 'organization'
  return [
    // A policy without any statement is refused.
    ...(count > 1 ? [[at, ['removed', removed]] as const] : []),
    [at, ['narrowed to one harmless action', { ...without(statement, 'NotAction'), Action: harmless }]],
    ...(ofIdentities ? [[at, ['narrowed to one resource', { ...without(statement, 'NotResource'), Resource: nobodys }]] as const] : []),
    ...(Principal === undefined
      ? []
      : [
          [
            [...at, 'Principal'],
            ['narrowed to one stranger', { AWS: stranger }],
          ] as const,
        ]),
    [
      [...at, 'Condition'],
      ['made to hold never', never],
    ],
    ...turned(Condition ?? {}).map((change): Weakening => [[...at, 'Condition'], change]),
  ]
}

const nobodys = 'arn:aws:s3:::one-of-nobody'

const without = <Kept extends object>(container: Kept, key: string): Omit<Kept, string> => {
  const { [key]: _, ...rest } = container as Record<string, unknown>
  return rest as Omit<Kept, string>
}

const isEverything = (value: unknown): boolean => ['"*"', '["*"]', '{"AWS":"*"}'].includes(JSON.stringify(value))

function widenedGrants({ kind, all }: PolicyPlace, at: Path, statement: Statement): readonly Weakening[] {
  const { Action, Resource, Principal, Condition } = statement as { Condition?: Block } & Statement
  const set = (key: string, change: string, value: unknown): Weakening => [
    [...at, key],
    [change, value],
  ]
  const wider = kind === 'trust' ? [] : [...(all === undefined ? ['*'] : [all]), ...(kind === 'identity' ? servicesOf(Action) : [])]
  // A resource's policy speaks of that resource only, whatever it says.
  const ofOthers = kind === 'identity' || kind === 'endpoint'
  return [
    ...(isEverything(Action) ? [] : wider)
      .filter((actions) => JSON.stringify(actions) !== JSON.stringify(Action))
      .map((actions) => set('Action', `widened to ${String(actions)}`, actions)),
    ...(!ofOthers || Resource === undefined || isEverything(Resource) || isNamedBySomethingElse(statement)
      ? []
      : [set('Resource', 'widened to *', '*')]),
    ...(Principal === undefined || isEverything(Principal)
      ? []
      : [set('Principal', 'widened to *', '*'), set('Principal', 'given to another account', { AWS: stranger })]),
    ...(Condition === undefined
      ? []
      : loosened(Condition, saysNothing(Principal)).map((change): Weakening => [[...at, 'Condition'], change])),
  ]
}

// A condition on the alias of a key says which one opens what is read; what is written could go to a stranger's key of that alias.
const isNamedBySomethingElse = ({ Action, Resource, Condition }: Statement): boolean =>
  /key\/\*"$/.test(JSON.stringify(Resource)) &&
  JSON.stringify(Condition ?? {}).includes('kms:ResourceAliases') &&
  !/Encrypt|GenerateDataKey|CreateGrant/.test(JSON.stringify(Action))

/** All of a service where a grant names a few actions of one service. */
function servicesOf(action: unknown): readonly string[] {
  if (isIntrinsic(action)) return []
  const names = [...new Set([action].flat().map((name) => String(name).split(':')[0]))]
  const [service] = names
  return names.length === 1 && service !== '*' && JSON.stringify(action) !== `"${service}:*"` ? [`${service}:*`] : []
}

// An account or a role as principal is of one account already, so a condition on the caller's account adds nothing.
const ofCaller = ['aws:PrincipalAccount', 'kms:CallerAccount']
const saysNothing = (principal: unknown): readonly string[] =>
  principal !== null && typeof principal === 'object' && 'AWS' in principal && !isEverything(principal) ? ofCaller : []

function loosened(condition: Block, idle: readonly string[]): readonly Change[] {
  const entries = Object.entries(condition)
    .flatMap(([operator, keys]) => Object.keys(keys).map((key) => [operator, key] as const))
    .filter(([, key]) => !idle.includes(key))
  return [
    ...(entries.length > 0 ? [['removed', removed] as const] : []),
    ...entries.flatMap(([operator, key]) => [
      ...(entries.length > 1 ? [[`without ${operator} ${key}`, withoutKey(condition, operator, key)] as const] : []),
      ...anythingOf(operator, condition[operator]?.[key]).map((other): Change => {
        const rest = withoutKey(condition, operator, key)
        return [`with ${operator} ${key} as anything`, { ...rest, [other]: { ...rest[other], [key]: '*' } }]
      }),
    ]),
    ...turned(condition),
  ]
}

/** The condition holds exactly where it did not. */
const turned = (condition: Block): readonly Change[] =>
  Object.entries(condition).flatMap(([operator, keys]) => [
    ...negationsOf(operator).map(
      (other): Change => [
        `with ${operator} turned into ${other}`,
        { ...(without(condition, operator) as Block), [other]: { ...condition[other], ...keys } },
      ],
    ),
    ...(/^(Bool|Null)/.test(operator)
      ? Object.entries(keys).map(
          ([key, value]): Change => [
            `with ${operator} ${key} turned`,
            { ...condition, [operator]: { ...keys, [key]: String(value) === 'true' ? 'false' : 'true' } },
          ],
        )
      : []),
  ])

function withoutKey(condition: Block, operator: string, key: string): Block {
  const keys = without(condition[operator] ?? {}, key) as Block[string]
  const rest = without(condition, operator) as Block
  return Object.keys(keys).length === 0 ? rest : { ...rest, [operator]: keys }
}

// An equality that any text meets. ForAllValues holds for any request then, ForAnyValue and the plain one for any that has the key.
const anythingOf = (operator: string, value: unknown): readonly string[] =>
  /^(\w+:)?(String|Arn)(Equals|Like)/.test(operator) && !isEverything(value)
    ? [operator.replace(/(String|Arn)(EqualsIgnoreCase|Equals|Like)/, '$1Like')]
    : []

const comparison = /(String|Arn|Numeric|Date)(Not)?(?=Equals|Like)/

const negationsOf = (operator: string): readonly string[] =>
  comparison.test(operator)
    ? [operator.replace(comparison, (_, type: string, not?: string) => (not === undefined ? `${type}Not` : type))]
    : []
