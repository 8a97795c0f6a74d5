import type { Facts } from './facts.ts'

/** A resource of a template. */
export interface TemplateResource {
  readonly logicalId: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  /** Construct path, where the template tells it. */
  readonly path: string | undefined
}

/** A stack with its template. */
export interface AssemblyStack {
  readonly name: string
  readonly account: string
  readonly region: string
  readonly description: string
  /** Template file, relative to the assembly's folder. */
  readonly file: string
  /** The template as it stands in the file. */
  readonly text: string
  readonly resources: readonly TemplateResource[]
}

/** A violation that a validation plugin reported at synthesis. */
export interface ReportedViolation {
  readonly rule: string
  readonly description: string
  readonly severity: string
  /** Construct paths. */
  readonly constructs: readonly string[]
  /** Set when it was acknowledged. */
  readonly reason: string | undefined
}

/** What one validation plugin reported. */
export interface PluginReport {
  readonly plugin: string
  readonly conclusion: string
  readonly violations: readonly ReportedViolation[]
  readonly suppressed: readonly ReportedViolation[]
}

/** A cloud assembly as the gate reads it. */
export interface Assembly {
  /** Folder, as given. */
  readonly path: string
  readonly stacks: readonly AssemblyStack[]
  /** Undefined where the assembly has no validation report. */
  readonly reports: readonly PluginReport[] | undefined
  /** Undefined where the assembly has no facts file. */
  readonly facts: Facts | undefined
}

/** A resource with the stack it stands in. */
export interface PlacedResource {
  readonly stack: AssemblyStack
  readonly resource: TemplateResource
}

/** Finds a resource by its construct path. */
export function resourceAt({ stacks }: Assembly, path: string): PlacedResource | undefined {
  for (const stack of stacks) {
    const resource = stack.resources.find((candidate) => candidate.path === path)
    if (resource !== undefined) return { stack, resource }
  }
  return undefined
}
