import { isMap, listOf, Reference, Unknown, type Value, type ValueMap } from '../template/value.ts'

/** Who a statement of a resource policy or a trust policy speaks of. */
export interface Principals {
  /** Whether everybody is meant: `*` or `{ "AWS": "*" }`. */
  readonly any: boolean
  /** Whether everybody else is meant: `NotPrincipal`. */
  readonly negated: boolean
  readonly aws: readonly string[]
  readonly services: readonly string[]
  readonly federated: readonly string[]
  readonly canonical: readonly string[]
  /** Users, roles, providers and origin access identities that templates of the same subject make. */
  readonly references: readonly Reference[]
  /** Whether the template does not tell some of them. */
  readonly unknown: boolean
}

const kinds = { AWS: 'aws', Service: 'services', Federated: 'federated', CanonicalUser: 'canonical' } as const
type Kind = keyof typeof kinds

const isKind = (word: string): word is Kind => Object.hasOwn(kinds, word)

/** Reads the principals of a statement; undefined where it names none, as in a policy of an identity. */
export function principalsOf(statement: ValueMap): Principals | undefined {
  const negated = statement['Principal'] === undefined
  const value = negated ? statement['NotPrincipal'] : statement['Principal']
  return value === undefined ? undefined : { ...read(value), negated }
}

function read(value: Value): Omit<Principals, 'negated'> {
  const elements = isMap(value) ? Object.entries(value) : [['', value] as const]
  const named = (kind: Kind) => texts(elements.filter(([name]) => name === kind).flatMap(([, part]) => listOf(part)))
  const all = elements.flatMap(([, part]) => listOf(part))
  return {
    any: value === '*' || (!isMap(value) && listOf(value).includes('*')) || named('AWS').includes('*'),
    aws: named('AWS').filter((name) => name !== '*'),
    services: named('Service'),
    federated: named('Federated'),
    canonical: named('CanonicalUser'),
    references: all.filter((part) => part instanceof Reference),
    unknown: elements.some(([kind, part]) => part instanceof Unknown || listOf(part).some((one) => !isRead(kind, one))),
  }
}

const texts = (parts: readonly Value[]): readonly string[] =>
  parts.flatMap((part) => (typeof part === 'string' || typeof part === 'number' ? [String(part)] : []))

const isRead = (kind: string, part: Value): boolean =>
  part instanceof Reference || part === '*' || (isKind(kind) && (typeof part === 'string' || typeof part === 'number'))
