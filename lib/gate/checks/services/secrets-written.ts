import type { Place, Resource } from '../../template/resource.ts'
import { Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl } from '../control.ts'
import { secrecy } from './iam-safeguards.ts'
import { type SecretPlace, secretPlaces } from './secrets-properties.ts'
import { isPlainParameter, shownSecret } from './secrets-shown.ts'

/** Where the value of a property is a parameter as it is written, the name of the parameter. */
function parameterAt(resource: Resource, path: string): string | undefined {
  let written: unknown = resource.written.properties
  for (const step of path.split('.'))
    written = typeof written === 'object' && written !== null ? (written as Record<string, unknown>)[step] : undefined
  const name = typeof written === 'object' && written !== null ? (written as Record<string, unknown>)['Ref'] : undefined
  return typeof name === 'string' && resource.template.parameters.has(name) ? name : undefined
}

const isThere = ({ value }: Place): boolean => value !== undefined && value !== null && value !== ''

const placesOf = (resource: Resource, paths: readonly string[]): readonly Place[] =>
  paths.flatMap((path) => resource.at(path)).filter(isThere)

function judgeWritten(resource: Resource, { path, value }: Place): Outcome {
  const shown = typeof value === 'string' ? shownSecret(value) : typeof value === 'number' ? shownSecret(String(value)) : undefined
  if (shown === undefined) return pass(path, origin(value))
  const parameter = parameterAt(resource, path)
  return fail(
    path,
    shown,
    parameter === undefined ? 'The secret stands in the template.' : `The secret is the default of the parameter ${parameter}.`,
  )
}

const origin = (value: Value | undefined): string =>
  value instanceof Unknown ? (value.dynamicReference ?? value.parameter ?? 'from elsewhere') : 'from elsewhere'

const example = 'example-password-1'
const stored = '{{resolve:secretsmanager:clinic:SecretString:value}}'

const notWritten = ({ id, noun, type, paths, properties, harmless }: SecretPlace): ResourceControl => ({
  ...secrecy,
  id: `${id}-secret-written`,
  title: `${noun} do not stand in the template`,
  severity: 'high',
  why: 'The template is read by everyone who reads the repository, the stack or its history, and what was once in a history cannot be taken back.',
  remedy: `Use a dynamic reference to Secrets Manager for ${paths[0]}.`,
  types: [type],
  judge: (resource) =>
    placesOf(resource, paths).map((place) =>
      typeof place.value === 'string' && harmless?.test(place.value) ? pass(place.path, place.value) : judgeWritten(resource, place),
    ),
  passing: { Example: { Type: type, Properties: properties(stored) } },
  failing: { Example: { Type: type, Properties: properties(example) } },
})

/** Paths of the table by type: a type may stand in several rows. */
const pathsOf = (type: string): readonly string[] => secretPlaces.filter((place) => place.type === type).flatMap(({ paths }) => paths)

const [first] = secretPlaces as readonly [SecretPlace, ...SecretPlace[]]

const types: readonly string[] = [...new Set(secretPlaces.map(({ type }) => type))]

const fromPlainParameter: ResourceControl = {
  ...secrecy,
  id: 'secrets-from-plain-parameter',
  title: 'Secrets come from Secrets Manager or from encrypted parameters',
  severity: 'medium',
  why: 'A plain parameter of Systems Manager stands unencrypted under a KMS key, and many roles may read all of them.',
  remedy: 'Use {{resolve:secretsmanager:...}} or {{resolve:ssm-secure:...}} in place of {{resolve:ssm:...}}.',
  types,
  judge: (resource) =>
    placesOf(resource, pathsOf(resource.type)).map(({ path, value }) => {
      const plain = isPlainParameter(value)
      return plain === undefined ? pass(path, origin(value)) : fail(path, plain)
    }),
  passing: { Example: { Type: first.type, Properties: first.properties(stored) } },
  failing: { Example: { Type: first.type, Properties: first.properties('{{resolve:ssm:/clinic/password:1}}') } },
}

/** Controls that secrets in properties made for them come from elsewhere. */
export const secretsWrittenControls: readonly ResourceControl[] = [...secretPlaces.map(notWritten), fromPlainParameter]
