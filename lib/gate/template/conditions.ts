import type { Cases } from './cases.ts'
import { domainOf, isVariable } from './parameter-domain.ts'
import type { Template } from './template.ts'
import { Reference, Unknown, type Value } from './value.ts'

/** What evaluating a condition takes. */
export interface ConditionContext {
  readonly template: Template
  readonly cases: Cases
  readonly resolve: (written: unknown) => Value | undefined
}

/** Whether a condition of the template holds in the present case. An unknown name and a condition that refers to itself are open: both ways are cases. */
export function holds(context: ConditionContext, name: string, within: readonly string[] = []): boolean {
  const written = context.template.conditions.get(name)
  if (written === undefined || within.includes(name)) return open(context, `condition ${name}`)
  return evaluate(context, written, name, [...within, name])
}

function evaluate(context: ConditionContext, written: unknown, name: string, within: readonly string[]): boolean {
  const [operator, operands] = intrinsicOf(written)
  const part = (operand: unknown): boolean => evaluate(context, operand, name, within)
  switch (operator) {
    case 'Condition':
      return holds(context, String(operands), within)
    case 'Fn::And':
      return Array.isArray(operands) && operands.every(part)
    case 'Fn::Or':
      return Array.isArray(operands) && operands.some(part)
    case 'Fn::Not':
      return Array.isArray(operands) && !part(operands[0])
    case 'Fn::Equals':
      return Array.isArray(operands) ? equals(context, operands[0], operands[1], name) : open(context, `condition ${name}`)
    default:
      return open(context, `condition ${name}`)
  }
}

function equals(context: ConditionContext, left: unknown, right: unknown, name: string): boolean {
  const { template, cases } = context
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const parameter = refersTo(one)
    if (parameter === undefined || !isVariable(template, parameter)) continue
    const literal = literalText(other)
    if (literal !== undefined) return cases.choose(`${template.key} ${parameter}`, domainOf(template, parameter)) === literal
  }
  const [one, other] = [context.resolve(left), context.resolve(right)]
  if (mentionsVariable(template, left) || mentionsVariable(template, right) || !isKnown(one) || !isKnown(other))
    return open(context, `condition ${name}: ${JSON.stringify([left, right])}`)
  return String(one) === String(other)
}

const open = ({ cases, template }: ConditionContext, what: string): boolean =>
  cases.choose(`${template.key} ${what}`, ['holds', 'does not hold']) === 'holds'

const isKnown = (value: Value | undefined): value is string | number | boolean =>
  value !== undefined &&
  value !== null &&
  !(value instanceof Unknown) &&
  !(value instanceof Reference) &&
  typeof value !== 'object' &&
  !String(value).includes('⟨')

function mentionsVariable(template: Template, written: unknown): boolean {
  const parameter = refersTo(written)
  if (parameter !== undefined) return isVariable(template, parameter)
  if (typeof written === 'string') return [...written.matchAll(/\$\{([^!}]+)\}/g)].some(([, name]) => isVariable(template, name ?? ''))
  if (typeof written !== 'object' || written === null) return false
  return Object.values(written).some((part) => mentionsVariable(template, part))
}

/** Name and operand of an intrinsic function; undefined where a value is none. */
export function intrinsicOf(written: unknown): readonly [name: string | undefined, operand: unknown] {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return [undefined, undefined]
  const names = Object.keys(written)
  const [name] = names
  if (names.length !== 1 || name === undefined) return [undefined, undefined]
  if (name !== 'Ref' && name !== 'Condition' && !name.startsWith('Fn::')) return [undefined, undefined]
  return [name, (written as Record<string, unknown>)[name]]
}

/** Name that a `Ref` gives; undefined for anything else. */
export function refersTo(written: unknown): string | undefined {
  const [name, operand] = intrinsicOf(written)
  return name === 'Ref' && typeof operand === 'string' ? operand : undefined
}

const literalText = (written: unknown): string | undefined =>
  typeof written === 'string' || typeof written === 'number' || typeof written === 'boolean' ? String(written) : undefined
