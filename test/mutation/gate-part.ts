import type { DataClassOf, Referring } from '../../lib/gate/template/deployment.ts'
import { Deployment } from '../../lib/gate/template/deployment.ts'
import type { Resource } from '../../lib/gate/template/resource.ts'
import type { Template } from '../../lib/gate/template/template.ts'
import type { Value } from '../../lib/gate/template/value.ts'

/** Stands for every type, where a control goes through all resources. */
export const anyType = 'every type'

/** A deployment that can be judged in parts, and that notes which types of other resources a judgement looks at. */
export class Part extends Deployment {
  /** Types looked at since it was emptied. */
  readonly seen = new Set<string>()
  #asked: readonly Resource[] | undefined

  constructor(templates: readonly Template[], dataClassOf: DataClassOf) {
    super('assembly', templates, new Map(), dataClassOf)
  }

  /** The next to go through all resources, the judge, is told these only; controls that do so after it are told all. */
  ask(resources: readonly Resource[]): void {
    this.#asked = resources
  }

  override get all(): Iterable<Resource> {
    const asked = this.#asked
    this.#asked = undefined
    if (asked === undefined) this.seen.add(anyType)
    return asked ?? super.all
  }

  override ofType(...types: readonly string[]): readonly Resource[] {
    for (const type of types) this.seen.add(type)
    return super.ofType(...types)
  }

  override resourceOf(value: Value | undefined): Resource | undefined {
    const resource = super.resourceOf(value)
    if (resource !== undefined) this.seen.add(resource.type)
    return resource
  }

  override referring(target: Resource, type: string, path: string): Referring {
    this.seen.add(type)
    return super.referring(target, type, path)
  }
}
