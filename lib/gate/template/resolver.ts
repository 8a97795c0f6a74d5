import type { Cases } from './cases.ts'
import { holds, intrinsicOf } from './conditions.ts'
import { anyOther, domainOf, isVariable, mayBeGiven, steersConditions } from './parameter-domain.ts'
import type { Template } from './template.ts'
import { hasHole, hole, isList, isMap, Reference, Unknown, type Value, type ValueList, type ValueMap } from './value.ts'

/** Where a template looks for what stands in others. */
export interface Neighbours {
  readonly templates: ReadonlyMap<string, Template>
  /** Value of an export, by its name. */
  readonly exported: (name: string) => Value | undefined
  /** Value of an output of a nested stack or of another stack. */
  readonly output: (template: string, output: string) => Value | undefined
  /** Template of a nested stack, by the stack resource. */
  readonly nested: (template: Template, logicalId: string) => Template | undefined
}

/** Stands for no value, where `undefined` says that it is not known yet. */
const nothing = Symbol('AWS::NoValue')

// A chain of references between templates that is longer than this refers to itself.
const longestChain = 200

/** Resolves intrinsic functions of templates, in the present case. */
export class Resolver {
  readonly cases: Cases
  /** Accounts that the templates are deployed to, where known. */
  readonly accounts: ReadonlySet<string>
  readonly #neighbours: Neighbours
  readonly #known = new Map<object, Value | typeof nothing>()
  #depth = 0

  constructor(cases: Cases, neighbours: Neighbours) {
    this.cases = cases
    this.#neighbours = neighbours
    this.accounts = new Set([...neighbours.templates.values()].flatMap(({ account }) => account ?? []))
  }

  /** The value of a part of a template; undefined for `AWS::NoValue`. */
  resolve(template: Template, written: unknown): Value | undefined {
    if (typeof written !== 'object' || written === null) return scalar(written)
    const known = this.#known.get(written)
    if (known !== undefined) return known === nothing ? undefined : known
    if (this.#depth > longestChain) return new Unknown('it refers to itself')
    const asked = this.cases.asked
    this.#depth += 1
    try {
      const value = this.#compute(template, written)
      // What asked for no case is the same in every case.
      if (this.cases.asked === asked) this.#known.set(written, value === undefined ? nothing : value)
      return value
    } finally {
      this.#depth -= 1
    }
  }

  /** Whether a condition holds in the present case. */
  holds(template: Template, condition: string): boolean {
    return holds({ template, cases: this.cases, resolve: (written) => this.resolve(template, written) }, condition)
  }

  #compute(template: Template, written: object): Value | undefined {
    if (Array.isArray(written)) return this.#list(template, written)
    const [name, operand] = intrinsicOf(written)
    return name === undefined || name === 'Condition' ? this.#map(template, written) : this.#function(template, name, operand)
  }

  // Where nothing is to be resolved, the value is what is written, and not a copy of it.
  #list(template: Template, written: readonly unknown[]): Value {
    const parts: Value[] = []
    let same = true
    for (const part of written) {
      const value = this.resolve(template, part)
      if (value !== undefined) parts.push(value)
      same &&= value === part
    }
    return same ? (written as ValueList) : parts
  }

  #map(template: Template, written: object): Value {
    const parts: [string, Value][] = []
    let same = true
    for (const [key, part] of Object.entries(written)) {
      const value = this.resolve(template, part)
      if (value !== undefined) parts.push([key, value])
      same &&= value === part
    }
    return same ? (written as ValueMap) : Object.fromEntries(parts)
  }

  #function(template: Template, name: string, operand: unknown): Value | undefined {
    const list = Array.isArray(operand) ? (operand as unknown[]) : []
    const value = (written: unknown) => this.resolve(template, written)
    switch (name) {
      case 'Ref':
        return this.#ref(template, String(operand))
      case 'Fn::GetAtt':
        return this.#attribute(template, list.length > 0 ? list : String(operand).split(/\.(.*)/s))
      case 'Fn::If':
        return value(this.holds(template, String(list[0])) ? list[1] : list[2])
      case 'Fn::Sub':
        return this.#sub(template, operand)
      case 'Fn::Join':
        return join(template, value(list[0]), value(list[1]))
      case 'Fn::Select':
        return select(value(list[0]), value(list[1]))
      case 'Fn::Split':
        return split(value(list[0]), value(list[1]))
      case 'Fn::FindInMap':
        return findInMap(template, list.slice(0, 3).map(value), defaultValueOf(list[3]), value)
      case 'Fn::Base64':
        return value(operand)
      case 'Fn::ImportValue':
        return this.#imported(value(operand))
      case 'Fn::GetStackOutput':
        return this.#stackOutput(value(operand))
      case 'Fn::Length':
        return lengthOf(value(operand))
      case 'Fn::ToJsonString':
        return JSON.stringify(jsonOf(template, value(operand)))
      case 'Fn::GetAZs':
        return new Unknown('the availability zones are those of the Region')
      case 'Fn::Cidr':
        return new Unknown('the ranges are computed by CloudFormation')
      case 'Fn::Transform':
        return new Unknown('a macro computes it')
      default:
        return new Unknown(`${name} is not a function of CloudFormation that the gate knows`)
    }
  }

  #ref(template: Template, name: string): Value | undefined {
    if (name === 'AWS::NoValue') return undefined
    if (name.startsWith('AWS::')) return this.#pseudoParameter(template, name)
    const given = template.given.get(name)
    if (given !== undefined) return listed(template, name, this.resolve(given.from ?? template, given.written))
    if (template.parameters.has(name)) return this.#parameter(template, name)
    // A reference to nothing is one all the same: CloudFormation refuses it, and `template-references-exist` says so.
    return new Reference(template.key, name)
  }

  #pseudoParameter(template: Template, name: string): Value | undefined {
    const chosen = this.#chosen(template, name)
    if (chosen !== undefined && chosen !== anyOther) return chosen
    if (name === 'AWS::Partition') return 'aws'
    if (name === 'AWS::URLSuffix') return 'amazonaws.com'
    if (name === 'AWS::Region') return template.region ?? hole(name)
    if (name === 'AWS::AccountId') return template.account ?? hole(name)
    return hole(name)
  }

  #parameter(template: Template, name: string): Value | undefined {
    const parameter = template.parameters.get(name)
    const chosen = this.#chosen(template, name)
    const facts = { parameter: name, mayBe: mayBeGiven(template, name) }
    if (chosen === anyOther) return new Unknown(`parameter ${name} is given at deployment`, facts)
    if (chosen !== undefined) return listed(template, name, chosen)
    if (parameter?.type.startsWith('AWS::SSM::Parameter::Value') === true)
      return new Unknown(`parameter ${name} is read from Systems Manager at deployment`, facts)
    if (parameter?.default !== undefined) return listed(template, name, scalar(parameter.default))
    const allowed = parameter?.allowed ?? []
    if (allowed.length > 0 && allowed.length <= 8) return this.cases.choose(`${template.key} ${name}`, domainWith(template, name, allowed))
    return new Unknown(`parameter ${name} has no default`, facts)
  }

  /** The present case's value of a parameter that conditions are about. Asking marks the result as one of this case. */
  #chosen(template: Template, name: string): string | undefined {
    if (!isVariable(template, name) || !steersConditions(template, name)) return undefined
    return this.cases.choose(`${template.key} ${name}`, domainOf(template, name))
  }

  #attribute(template: Template, [logicalId, attribute]: readonly unknown[]): Value | undefined {
    const name = String(logicalId)
    const path = this.#attributeName(template, attribute)
    if (path === undefined) return new Unknown('the attribute is computed')
    if (path.startsWith('Outputs.')) {
      const nested = this.#neighbours.nested(template, name)
      if (nested !== undefined)
        return this.#neighbours.output(nested.key, path.slice('Outputs.'.length)) ?? new Unknown(`${name} has no output ${path.slice(8)}`)
    }
    return new Reference(template.key, name, path)
  }

  #attributeName(template: Template, attribute: unknown): string | undefined {
    const value = this.resolve(template, attribute)
    return typeof value === 'string' && !hasHole(value) ? value : undefined
  }

  #sub(template: Template, operand: unknown): Value | undefined {
    const [text, variables] = Array.isArray(operand) ? (operand as [unknown, Record<string, unknown>?]) : [operand]
    if (typeof text !== 'string') return new Unknown('the text of Fn::Sub is computed')
    const parts = text.split(/(\$\{[^}]*\})/)
    const values = parts.map((part) => this.#subPart(template, part, variables ?? {})).filter((part) => part !== '')
    return values.length === 1 ? values[0] : values.map((part) => textOf(part, template.key)).join('')
  }

  #subPart(template: Template, part: string, variables: Record<string, unknown>): Value | undefined {
    if (!part.startsWith('${')) return dynamic(part)
    const name = part.slice(2, -1).trim()
    if (name.startsWith('!')) return `\${${name.slice(1)}}`
    if (Object.hasOwn(variables, name)) return this.resolve(template, variables[name])
    return name.includes('.') ? this.#attribute(template, name.split(/\.(.*)/s)) : this.#ref(template, name)
  }

  #imported(name: Value | undefined): Value {
    if (typeof name !== 'string' || hasHole(name)) return new Unknown('the name of the import is computed')
    return this.#neighbours.exported(name) ?? new Unknown(`the export ${name} is made by a stack outside of what is judged`)
  }

  #stackOutput(operand: Value | undefined): Value {
    if (!isMap(operand)) return new Unknown('the stack output is computed')
    const { StackName: stack, OutputName: output } = operand
    if (typeof stack !== 'string' || typeof output !== 'string') return new Unknown('the stack output is computed')
    return (
      this.#neighbours.output(stack, output) ?? new Unknown(`the output ${output} of ${stack} is made by a stack outside of what is judged`)
    )
  }
}

// Parameters of these types stand for lists ("Parameters", AWS CloudFormation User Guide).
const isListType = (type: string): boolean => type === 'CommaDelimitedList' || type.startsWith('List<')

function listed(template: Template, name: string, value: Value | undefined): Value | undefined {
  if (typeof value !== 'string' || !isListType(template.parameters.get(name)?.type ?? '')) return value
  return value === '' ? [] : value.split(',').map((part) => part.trim())
}

const domainWith = (template: Template, name: string, allowed: readonly string[]): readonly string[] =>
  steersConditions(template, name) ? domainOf(template, name) : allowed

function scalar(written: unknown): Value | undefined {
  if (typeof written === 'string') return dynamic(written)
  return typeof written === 'number' || typeof written === 'boolean' || written === null ? written : undefined
}

const dynamicReference = /^\{\{resolve:[^}]+\}\}$/

/** A text that is a dynamic reference as a whole is read at deployment. */
const dynamic = (text: string): Value =>
  text.startsWith('{{') && dynamicReference.test(text)
    ? new Unknown('it is read at deployment by a dynamic reference', { dynamicReference: text, mayBe: (other) => other !== '' })
    : text

/** A value as a part of a text of a template: what is not known is a hole. */
function textOf(value: Value | undefined, template: string): string {
  if (value instanceof Unknown) return value.dynamicReference ?? hole(value.parameter ?? 'unknown')
  if (value instanceof Reference) return hole(value.template === template ? nameOf(value) : `${value.template}/${nameOf(value)}`)
  if (isList(value)) return value.map((part) => textOf(part, template)).join(',')
  return isMap(value) ? hole('a map') : String(value ?? '')
}

const nameOf = ({ logicalId, attribute }: Reference): string => (attribute === undefined ? logicalId : `${logicalId}.${attribute}`)

function join({ key }: Template, separator: Value | undefined, parts: Value | undefined): Value | undefined {
  if (typeof separator !== 'string' || !isList(parts))
    return parts instanceof Unknown ? parts : new Unknown('the parts of Fn::Join are computed')
  return parts.length === 1 && parts[0] !== undefined && typeof parts[0] !== 'number'
    ? parts[0]
    : parts.map((part) => textOf(part, key)).join(separator)
}

function select(index: Value | undefined, list: Value | undefined): Value | undefined {
  if (!isList(list)) return list instanceof Unknown ? list : new Unknown('the list of Fn::Select is computed')
  return list[Number(index)] ?? new Unknown('the list of Fn::Select is shorter than its index')
}

function split(separator: Value | undefined, text: Value | undefined): Value {
  if (typeof separator === 'string' && typeof text === 'string') return text.split(separator)
  return text instanceof Unknown ? text : new Unknown('the text of Fn::Split is computed')
}

/** `DefaultValue` of `Fn::FindInMap` with language extensions. */
const defaultValueOf = (written: unknown): unknown =>
  typeof written === 'object' && written !== null ? (written as Record<string, unknown>).DefaultValue : undefined

function findInMap(
  template: Template,
  keys: readonly (Value | undefined)[],
  standard: unknown,
  resolve: (written: unknown) => Value | undefined,
): Value | undefined {
  let found: unknown = template.mappings
  for (const [place, key] of keys.entries()) {
    if (typeof key !== 'string' && typeof key !== 'number') return new Unknown('the key of the mapping is computed')
    const step: unknown = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[String(key)] : undefined
    if (step === undefined) return standard === undefined ? sameInAll(found, keys.slice(place + 1), resolve) : resolve(standard)
    found = step
  }
  return resolve(found)
}

/** A key that only deployment knows (often the Region) leaves the value open, unless every entry agrees. */
function sameInAll(map: unknown, rest: readonly (Value | undefined)[], resolve: (written: unknown) => Value | undefined): Value {
  const unknown = new Unknown('the mapping has no entry for what is known before deployment')
  if (typeof map !== 'object' || map === null) return unknown
  const values = Object.values(map).map((entry: unknown) =>
    resolve(
      rest.reduce<unknown>(
        (found, key) => (typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[String(key)] : undefined),
        entry,
      ),
    ),
  )
  const [first] = values
  return first !== undefined && values.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : unknown
}

const lengthOf = (value: Value | undefined): Value => (isList(value) ? value.length : new Unknown('the length is computed'))

function jsonOf(template: Template, value: Value | undefined): unknown {
  if (value instanceof Unknown || value instanceof Reference) return textOf(value, template.key)
  if (isList(value)) return value.map((part) => jsonOf(template, part))
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, jsonOf(template, part)])) : value
}
