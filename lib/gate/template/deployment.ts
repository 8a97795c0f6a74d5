import type { DataClass } from '../assembly/facts.ts'
import { Cases } from './cases.ts'
import { indexReferences, names, type ReferenceIndex, valuesAt } from './reference-index.ts'
import { Resolver } from './resolver.ts'
import { Resource } from './resource.ts'
import type { Template } from './template.ts'
import { leavesOf, unseenPart } from './unseen-parts.ts'
import { Reference, Unknown, type Value } from './value.ts'

/** What a store holds, as the data map says; see `dataClasses` in the facts. */
export type DataClassOf = (resource: Resource) => DataClass | undefined

/** Resources whose property names another resource. */
export interface Referring {
  /** They name it. */
  readonly certain: readonly Resource[]
  /** They name something that is not known before deployment, which may be it; or make resources that nobody sees, and are given it. */
  readonly possible: readonly Resource[]
}

/**
 * Templates that are deployed together and know each other's exports: the stacks of a cloud assembly, or one template with the nested stacks beside it.
 * Everything is told as it is in the present case (`cases`).
 */
export class Deployment {
  readonly kind: 'assembly' | 'template'
  readonly templates: readonly Template[]
  readonly cases = new Cases()
  readonly resolver: Resolver
  /** Data class of a store; undefined where nobody says, and then it counts as sensitive. */
  readonly dataClassOf: DataClassOf
  /** Templates of nested stacks, by the stack resource that makes them: `template key/logical id`. */
  readonly nested: ReadonlyMap<string, Template>
  readonly #byType = new Map<string, Resource[]>()
  readonly #conditional = new Set<string>()
  readonly #byKey = new Map<string, Resource>()
  readonly #exports = new Map<string, () => Value | undefined>()
  readonly #indexes = new Map<string, ReferenceIndex>()
  #unseen: ReferenceIndex | undefined

  constructor(
    kind: Deployment['kind'],
    templates: readonly Template[],
    nested: ReadonlyMap<string, Template>,
    dataClassOf: DataClassOf = () => undefined,
  ) {
    this.kind = kind
    this.templates = templates
    this.nested = nested
    this.dataClassOf = dataClassOf
    const byKey = new Map(templates.map((template) => [template.key, template]))
    this.resolver = new Resolver(this.cases, {
      templates: byKey,
      exported: (name) => this.#exports.get(name)?.(),
      output: (key, output) => this.#output(byKey.get(key), output),
      nested: (template, logicalId) => nested.get(`${template.key}/${logicalId}`),
    })
    for (const template of templates) this.#take(template)
  }

  /** Every resource, whether or not the present case makes it. */
  get all(): Iterable<Resource> {
    return this.#byKey.values()
  }

  /** Every resource of a type, whether or not the present case makes it. */
  allOfType(type: string): readonly Resource[] {
    return this.#byType.get(type) ?? []
  }

  /** Resources of a type that the present case makes. */
  ofType(...types: readonly string[]): readonly Resource[] {
    const [only] = types
    if (types.length === 1 && only !== undefined && !this.#conditional.has(only)) return this.#byType.get(only) ?? []
    return types.flatMap((type) => this.#byType.get(type) ?? []).filter((resource) => this.makes(resource))
  }

  /** Whether the present case makes a resource. */
  makes({ template, written }: Resource): boolean {
    return written.condition === undefined || this.resolver.holds(template, written.condition)
  }

  /** The resource that a reference means; undefined for anything else. */
  resourceOf(value: Value | undefined): Resource | undefined {
    return value instanceof Reference ? this.#byKey.get(`${value.template}/${value.logicalId}`) : undefined
  }

  /** Resources of a type, in the present case, one of whose properties at a path names a resource: by reference, inside a text, or by its physical name. */
  referring(target: Resource, type: string, path: string): Referring {
    const { byKey, byWord, open, varying } = this.#indexOf(type, path)
    const name = target.physicalName
    const certain = new Set([
      ...(byKey.get(`${target.template.key}/${target.logicalId}`) ?? []),
      ...(name === undefined ? [] : (byWord.get(name) ?? [])),
    ])
    const possible = new Set(open.filter((resource) => !certain.has(resource)))
    for (const resource of varying) {
      const values = valuesAt(resource, path)
      if (values.some((value) => names(value, target, resource.template.key))) certain.add(resource)
      else if (values.some((value) => value instanceof Unknown)) possible.add(resource)
    }
    return { certain: this.#made(certain), possible: [...this.#made(possible), ...this.unseenGiven(target)] }
  }

  /** Modules and nested stacks whose resources nobody sees, and which are given a resource: what seems to be missing beside it may be in there. */
  unseenGiven(target: Resource): readonly Resource[] {
    this.#unseen ??= indexReferences(this.#unseenParts(), (part) => ({
      values: leavesOf(this.cases.aside(() => part.properties).result),
      steady: true,
    }))
    const name = target.physicalName
    const { byKey, byWord } = this.#unseen
    const given = [
      ...(byKey.get(`${target.template.key}/${target.logicalId}`) ?? []),
      ...(name === undefined ? [] : (byWord.get(name) ?? [])),
    ]
    return given.length === 0 ? given : this.#made(new Set(given))
  }

  #unseenParts(): readonly Resource[] {
    return [...this.#byKey.values()].filter(({ written, template }) => unseenPart(written, template, this.nested) !== undefined)
  }

  #made(resources: ReadonlySet<Resource>): readonly Resource[] {
    return [...resources].filter((resource) => this.makes(resource))
  }

  /**
   * Whether a value names a resource: by reference, inside a text, or by its physical name.
   * @param template that the value stands in; the resource's own when left out
   */
  names(value: Value | undefined, target: Resource, template: Template = target.template): boolean {
    return names(value, target, template.key)
  }

  #indexOf(type: string, path: string): ReferenceIndex {
    const key = `${type} ${path}`
    const known = this.#indexes.get(key)
    if (known !== undefined) return known
    const index = indexReferences(this.#byType.get(type) ?? [], (resource) => {
      const asked = this.cases.asked
      const values = valuesAt(resource, path)
      return { values, steady: this.cases.asked === asked }
    })
    this.#indexes.set(key, index)
    return index
  }

  #take(template: Template): void {
    for (const written of template.resources.values()) {
      const resource = new Resource(template, written, this.resolver)
      this.#byKey.set(`${template.key}/${written.logicalId}`, resource)
      const alike = this.#byType.get(written.type)
      if (alike === undefined) this.#byType.set(written.type, [resource])
      else alike.push(resource)
      if (written.condition !== undefined) this.#conditional.add(written.type)
    }
    for (const { exportName, value } of template.outputs.values()) {
      const name = exportName === undefined ? undefined : this.resolver.resolve(template, exportName)
      if (typeof name === 'string') this.#exports.set(name, () => this.resolver.resolve(template, value))
    }
  }

  #output(template: Template | undefined, output: string): Value | undefined {
    const written = template?.outputs.get(output)
    return template === undefined || written === undefined ? undefined : this.resolver.resolve(template, written.value)
  }
}
