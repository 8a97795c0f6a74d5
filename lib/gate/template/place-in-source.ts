import { intrinsicOf } from './conditions.ts'
import type { Deployment } from './deployment.ts'
import type { Resource } from './resource.ts'

/** Attributes that stand beside the properties ("Resource attribute reference", AWS CloudFormation User Guide), and the type. */
const attributeNames = ['Type', 'CreationPolicy', 'DeletionPolicy', 'DependsOn', 'Metadata', 'UpdatePolicy', 'UpdateReplacePolicy']

/**
 * Where a part of a resource stands in its source, in the present case: elements of a list are counted there with those that `Fn::If` leaves out in this
 * case, and a part of a value stands in the branch that is taken.
 * @param steps property or attribute, and the way below it, as written
 */
export function placeInSource({ template, written }: Resource, steps: readonly string[], deployment: Deployment): readonly string[] {
  const [first = '', ...rest] = steps
  // A name as `LoadBalancerAttributes access_logs` goes on in the language of the service.
  const name = first.split(' ')[0] ?? ''
  const properties = valueAt(template.source.value, written.place)
  const isAttribute = !hasKey(properties, name) && (name in written.attributes || attributeNames.includes(name))
  const place = isAttribute ? written.place.slice(0, -1) : written.place
  const way = isAttribute ? rest : below(valueAt(properties, [name]), rest, { template, deployment })
  return [...place, name, ...way]
}

function below(written: unknown, steps: readonly string[], at: Pick<Resource, 'template'> & { readonly deployment: Deployment }): string[] {
  const [step, ...rest] = steps
  if (step === undefined) return []
  const [name, operand] = intrinsicOf(written)
  if (name === 'Fn::If' && Array.isArray(operand)) {
    const branch = at.deployment.resolver.holds(at.template, String(operand[0])) ? 1 : 2
    return [name, String(branch), ...below(operand[branch], steps, at)]
  }
  if (Array.isArray(written)) {
    const left = written.flatMap((part, index) => (at.deployment.resolver.resolve(at.template, part) === undefined ? [] : [index]))
    const index = left[Number(step)]
    return index === undefined ? [] : [String(index), ...below(written[index], rest, at)]
  }
  if (hasKey(written, step)) return [step, ...below(valueAt(written, [step]), rest, at)]
  // One element may stand without its list.
  return /^\d+$/.test(step) ? below(written, rest, at) : []
}

const hasKey = (value: unknown, key: string): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)

/** The value at a path of plain data. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined,
    value,
  )
