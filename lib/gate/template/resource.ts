import type { Resolver } from './resolver.ts'
import type { Template, WrittenResource } from './template.ts'
import { hole, isList, isMap, Reference, Unknown, type Value } from './value.ts'

/** A value with the path it stands at, below the resource's properties. */
export interface Place {
  readonly path: string
  /** Undefined where nothing stands there. */
  readonly value: Value | undefined
}

/** A resource with its properties resolved, as they are in the present case. */
export class Resource {
  readonly template: Template
  readonly written: WrittenResource
  readonly #resolver: Resolver
  readonly #nameProperty: string | undefined

  constructor(template: Template, written: WrittenResource, resolver: Resolver) {
    this.template = template
    this.written = written
    this.#resolver = resolver
    this.#nameProperty = nameProperties.find((name) => written.properties[name] !== undefined)
  }

  get logicalId(): string {
    return this.written.logicalId
  }

  /** Type that it is judged as. */
  get type(): string {
    return this.written.type
  }

  /** The value at a path of its properties, `BucketEncryption.ServerSideEncryptionConfiguration.0`; undefined where nothing stands there. */
  get(path: string): Value | undefined {
    return path.includes('.') ? this.at(path)[0]?.value : this.#top(path)
  }

  /**
   * Every place that a path means. `*` stands for each element of a list or each entry of a map: `Listeners.*.Protocol`. A part of the path that is not known is a
   * place whose value is `Unknown`; where nothing stands, the place has no value. A path with `*` over an empty or absent list has no place.
   */
  at(path: string): readonly Place[] {
    const steps = stepsOf(path)
    const [first = ''] = steps
    return below(first, this.#top(first), steps, 1)
  }

  #top(name: string): Value | undefined {
    const written = this.written.properties[name]
    return written === undefined ? undefined : this.#resolver.resolve(this.template, written)
  }

  /** An attribute beside the properties, resolved: `DeletionPolicy`, `Metadata`. */
  attribute(name: string): Value | undefined {
    const written = this.written.attributes[name]
    return written === undefined ? undefined : this.#resolver.resolve(this.template, written)
  }

  /** All properties, resolved. */
  get properties(): { readonly [name: string]: Value } {
    const all = this.#resolver.resolve(this.template, this.written.properties)
    return isMap(all) ? all : {}
  }

  /** Accounts of all that is deployed together, where known: none of them is a stranger. */
  get ownAccounts(): ReadonlySet<string> {
    return this.#resolver.accounts
  }

  /** Its name in the account, where the template gives one; with holes for what deployment fills in, the same wherever the same is written. */
  get physicalName(): string | undefined {
    if (this.#nameProperty === undefined) return undefined
    const name = this.get(this.#nameProperty)
    if (name instanceof Unknown && name.parameter !== undefined) return hole(name.parameter)
    return typeof name === 'string' && name !== '' ? name : undefined
  }
}

// Properties by which CloudFormation names resources ("Name type", AWS CloudFormation User Guide).
const nameProperties = [
  'BucketName',
  'TableName',
  'QueueName',
  'TopicName',
  'FunctionName',
  'RoleName',
  'GroupName',
  'UserName',
  'LogGroupName',
  'DomainName',
  'DBInstanceIdentifier',
  'DBClusterIdentifier',
  'ClusterIdentifier',
  'BackupVaultName',
  'ManagedPolicyName',
  'TrailName',
  'StreamName',
  'RepositoryName',
  'Name',
]

const steps = new Map<string, readonly string[]>()

// Paths are those of the controls' tables, so there are few of them.
function stepsOf(path: string): readonly string[] {
  const known = steps.get(path)
  if (known !== undefined) return known
  const split = path.split('.')
  steps.set(path, split)
  return split
}

/** @param from the first of the steps that is still to be gone */
function below(path: string, value: Value | undefined, steps: readonly string[], from: number): readonly Place[] {
  const step = steps[from]
  if (value === undefined && steps.includes('*', from)) return []
  if (step === undefined || value === undefined) return [{ path: withRest(path, steps, from), value }]
  if (value instanceof Unknown || value instanceof Reference)
    return [{ path, value: value instanceof Unknown ? value : new Unknown(`it is part of ${value.logicalId}`) }]
  if (step === '*') {
    if (isList(value)) return value.flatMap((part, index) => below(`${path}.${index}`, part, steps, from + 1))
    if (isMap(value)) return Object.entries(value).flatMap(([name, part]) => below(`${path}.${name}`, part, steps, from + 1))
    return below(path, value, steps, from + 1)
  }
  if (isList(value)) return below(`${path}.${step}`, value[Number(step)], steps, from + 1)
  if (isMap(value)) return below(`${path}.${step}`, value[step], steps, from + 1)
  return [{ path: withRest(path, steps, from), value: undefined }]
}

const withRest = (path: string, steps: readonly string[], from: number): string =>
  from >= steps.length ? path : [path, ...steps.slice(from)].join('.')
