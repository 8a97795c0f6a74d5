import { deepStrictEqual } from 'node:assert/strict'
import type { Template } from 'aws-cdk-lib/assertions'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import type { Claim, TemplateResource } from '../claim.ts'
import { resourcesOf } from '../claim.ts'

/** Properties of a resource as a claim writes them: a reference reads `AWS::SQS::Queue.Arn`, or `AWS::SNS::Topic` for a `Ref`. */
export type Said = Readonly<Record<string, unknown>>

/** A claim that the stack has exactly these resources of a type, with exactly these properties, in any order, apart from those that claims of a function speak of. */
export const exactly = (
  says: string,
  type: string,
  expected: (config: EnvironmentConfig) => readonly Said[],
  elsewhere: (config: EnvironmentConfig, properties: Said) => boolean = () => false,
): Claim => ({
  says,
  stack: 'detection',
  check: (template, config) =>
    deepStrictEqual(
      propertiesOf(template, type).filter((properties) => !elsewhere(config, properties as Said)),
      sorted(expected(config)),
    ),
})

/** Properties of every resource of a type, references written out, sorted. */
export const propertiesOf = (template: Template, type: string): unknown[] =>
  sorted(Object.values(resourcesOf(template, type)).map(({ Properties }) => writtenOut(resources(template), Properties)))

const resources = (template: Template) => (template.toJSON() as { Resources: Record<string, TemplateResource> }).Resources

function writtenOut(all: Readonly<Record<string, TemplateResource>>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => writtenOut(all, item))
  if (typeof value !== 'object' || value === null) return value
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] }
  if (Ref !== undefined && all[Ref] !== undefined) return all[Ref].Type
  if (attribute !== undefined && all[attribute[0]] !== undefined) return `${all[attribute[0]]?.Type}.${attribute[1]}`
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, writtenOut(all, inner)]))
}

const sorted = (values: readonly unknown[]): unknown[] => [...values].sort((one, other) => keyOf(one).localeCompare(keyOf(other)))

// Object keys sort first, so that two ways to write the same object do not differ.
const keyOf = (value: unknown): string => JSON.stringify(ordered(value))

const ordered = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .map(([name, inner]) => [name, ordered(inner)] as const)
          .sort(([one], [other]) => one.localeCompare(other)),
      )
    : Array.isArray(value)
      ? value.map(ordered)
      : value
