import type { Template } from 'aws-cdk-lib/assertions'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'

/** Something a stack's template must say. The tests show it on the templates as they are; the mutation run shows that it notices a change. */
export interface Claim {
  /** A plain sentence. */
  readonly says: string
  /** Id of the stack: `network`. */
  readonly stack: string
  /** Environments it is made for, by their purpose. @default every environment that has the stack */
  readonly only?: EnvironmentConfig['purpose']
  /** Throws when the template does not say so. */
  readonly check: (template: Template, config: EnvironmentConfig) => void
}

/** Whether the claim is made for an environment, if that has the stack. */
export const isMadeFor = ({ only }: Claim, { purpose }: EnvironmentConfig): boolean => only === undefined || only === purpose

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string
  readonly Properties: Record<string, unknown>
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
  readonly DependsOn?: string[]
  readonly Metadata?: Record<string, unknown>
}

/** Resources of one type, by logical id. */
export const resourcesOf = (template: Template, type: string): Readonly<Record<string, TemplateResource>> => byType(template)[type] ?? {}

type ResourcesByType = Readonly<Record<string, Readonly<Record<string, TemplateResource>>>>

// Claims ask the same template hundreds of times, and the library goes through all of it each time.
const known = new WeakMap<Template, ResourcesByType>()

function byType(template: Template): ResourcesByType {
  const before = known.get(template)
  if (before !== undefined) return before
  const { Resources } = template.toJSON() as { Resources: Record<string, TemplateResource> }
  const sorted: Record<string, Record<string, TemplateResource>> = {}
  for (const [id, resource] of Object.entries(Resources)) {
    const ofType = sorted[resource.Type] ?? {}
    ofType[id] = resource
    sorted[resource.Type] = ofType
  }
  known.set(template, sorted)
  return sorted
}
