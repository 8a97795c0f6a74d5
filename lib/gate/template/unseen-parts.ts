import type { Template, WrittenResource } from './template.ts'
import { isList, isMap, type Value } from './value.ts'

// Resources that deploy a template of their own.
const nestingTypes = [
  'AWS::CloudFormation::Stack',
  'AWS::CloudFormation::StackSet',
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
]

/** Why what a resource makes is not seen, as a sentence; undefined where all of it is. */
export function unseenPart(
  { logicalId, type }: WrittenResource,
  template: Template,
  nested: ReadonlyMap<string, Template>,
): string | undefined {
  if (type.endsWith('::MODULE')) return `${type} is a module, expanded at deployment.`
  return nestingTypes.includes(type) && !nested.has(`${template.key}/${logicalId}`)
    ? `The template of ${logicalId} is not beside this one.`
    : undefined
}

/** Everything in a value that is neither a list nor a map. */
export const leavesOf = (value: Value): readonly Value[] =>
  isList(value) ? value.flatMap(leavesOf) : isMap(value) ? Object.values(value).flatMap(leavesOf) : [value]
