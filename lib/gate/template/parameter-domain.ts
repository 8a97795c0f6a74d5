import type { Template } from './template.ts'
import { hole } from './value.ts'

/** Stands for every value of a parameter that no condition names. */
export const anyOther = hole('any other')

const pseudoParameters = ['AWS::Region', 'AWS::AccountId', 'AWS::Partition', 'AWS::StackName'] as const

/** Whether conditions are judged for more than one value of a parameter: it is declared, or AWS's own, and nobody said what it is. */
export function isVariable(template: Template, name: string): boolean {
  if (name === 'AWS::Region') return template.region === undefined
  if (name === 'AWS::AccountId') return template.account === undefined
  if ((pseudoParameters as readonly string[]).includes(name)) return true
  return template.parameters.has(name) && !template.given.has(name)
}

const domains = new WeakMap<Template, Map<string, readonly string[]>>()

/**
 * Values of a parameter that make a difference to the template's conditions: each that a condition compares it with, and one that stands for all others.
 * The default comes first.
 */
export function domainOf(template: Template, name: string): readonly string[] {
  const known = domains.get(template) ?? new Map<string, readonly string[]>()
  domains.set(template, known)
  const domain = known.get(name) ?? makeDomain(template, name)
  known.set(name, domain)
  return domain
}

/** Whether a condition of the template depends on a parameter by comparing it with a word. */
export const steersConditions = (template: Template, name: string): boolean =>
  isVariable(template, name) && comparedWith(template).has(name)

function makeDomain(template: Template, name: string): readonly string[] {
  const parameter = template.parameters.get(name)
  const standard = parameter?.default === undefined ? undefined : String(parameter.default)
  const allowed = parameter?.allowed ?? []
  const compared = [...(comparedWith(template).get(name) ?? [])].filter((word) => allowed.length === 0 || allowed.includes(word))
  const rest = allowed.filter((word) => !compared.includes(word))
  const other = standard !== undefined && !compared.includes(standard) ? [standard] : allowed.length > 0 ? rest.slice(0, 1) : [anyOther]
  const words = [...compared, ...other]
  return standard === undefined ? words : [...words.filter((word) => word === standard), ...words.filter((word) => word !== standard)]
}

const comparisons = new WeakMap<Template, ReadonlyMap<string, ReadonlySet<string>>>()

function comparedWith(template: Template): ReadonlyMap<string, ReadonlySet<string>> {
  const known = comparisons.get(template)
  if (known !== undefined) return known
  const found = new Map<string, Set<string>>()
  for (const condition of template.conditions.values()) collect(condition, found)
  comparisons.set(template, found)
  return found
}

function collect(written: unknown, found: Map<string, Set<string>>): void {
  if (typeof written !== 'object' || written === null) return
  const operands = (written as Record<string, unknown>)['Fn::Equals']
  if (Array.isArray(operands)) {
    const [left, right] = operands as unknown[]
    note(left, right, found)
    note(right, left, found)
  }
  for (const part of Object.values(written)) collect(part, found)
}

function note(one: unknown, other: unknown, found: Map<string, Set<string>>): void {
  const name = typeof one === 'object' && one !== null ? (one as Record<string, unknown>).Ref : undefined
  if (typeof name !== 'string' || typeof other === 'object') return
  found.set(name, (found.get(name) ?? new Set()).add(String(other)))
}

// Values of these types are checked against what the account holds, so they are never empty ("AWS-specific parameter types" and "Systems Manager parameter types",
// AWS CloudFormation User Guide).
const checkedType = /^(List<)?AWS::(EC2|Route53|SSM)::/

// Patterns come from the template. They are tried on short texts only: one that backtracks cannot take long on them.
const longestTried = 24

/** Whether a parameter may be given a text, as far as the template tells: by its type, pattern, length and allowed values, and not one that conditions compare. */
export function mayBeGiven(template: Template, name: string): (text: string) => boolean {
  const parameter = template.parameters.get(name)
  if (parameter === undefined) return () => true
  const { type, allowed, pattern, leastLength } = parameter
  const compared = comparedWith(template).get(name)
  return (text) => {
    if (allowed.length > 0) return allowed.includes(text)
    if (compared?.has(text) === true || text.length < leastLength) return false
    if (text === '' && (type === 'Number' || checkedType.test(type))) return false
    return pattern === undefined || text.length > longestTried || matchesWhole(pattern, text)
  }
}

/** A pattern that JavaScript does not read tells nothing. */
function matchesWhole(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text)
  } catch {
    return true
  }
}
