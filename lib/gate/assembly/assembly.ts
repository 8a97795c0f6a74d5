import type { Template, WrittenResource } from '../template/template.ts'
import type { Facts } from './facts.ts'

/** A stack with its template. */
export interface AssemblyStack {
  readonly name: string
  /** Account it is deployed to; `unknown-account` where only deployment tells. */
  readonly account: string
  /** Region it is deployed to; `unknown-region` where only deployment tells. */
  readonly region: string
  readonly description: string
  /** Template file, relative to the assembly's folder. */
  readonly file: string
  readonly template: Template
  readonly resources: readonly WrittenResource[]
  /** Digest that the stack's list of assets gives its template, in hexadecimal; undefined where none does. */
  readonly synthesizedDigest: string | undefined
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
  /** Stacks, nested stacks after the stack that makes them. */
  readonly stacks: readonly AssemblyStack[]
  /** Templates of nested stacks, by the stack resource that makes them: `template key/logical id`. */
  readonly nested: ReadonlyMap<string, Template>
  /** Undefined where the assembly has no validation report. */
  readonly reports: readonly PluginReport[] | undefined
  /** Undefined where the assembly has no facts file. */
  readonly facts: Facts | undefined
}

/** A resource with the stack it stands in. */
export interface PlacedResource {
  readonly stack: AssemblyStack
  readonly resource: WrittenResource
}

/** Finds a resource by its construct path. */
export function resourceAt({ stacks }: Assembly, path: string): PlacedResource | undefined {
  for (const stack of stacks) {
    const resource = stack.resources.find((candidate) => candidate.path === path)
    if (resource !== undefined) return { stack, resource }
  }
  return undefined
}
