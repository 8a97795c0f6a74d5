import type { Resource } from '../../template/resource.ts'
import { isFalse, isList, isMap, isTrue, numberOf, Reference, Unknown, type Value, type ValueMap } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'

/** Types that make a stage of a REST API, and where its settings stand: a deployment makes one where it names it. */
export const stageTypes = ['AWS::ApiGateway::Stage', 'AWS::ApiGateway::Deployment'] as const

/** Path before the settings of a stage; undefined where the resource makes none. */
export function settingsPath(resource: Resource): string | undefined {
  if (resource.type === 'AWS::ApiGateway::Stage') return ''
  return resource.get('StageName') === undefined ? undefined : 'StageDescription.'
}

/** Whether a setting is as it should be; undefined where that cannot be known. */
export type SettingTest = (value: Value | undefined) => boolean | undefined

/** A control on one property of a stage. */
export const stageControl = (
  text: Omit<ResourceControl, 'types' | 'judge'>,
  path: string,
  test: SettingTest,
  applies: (resource: Resource, prefix: string) => boolean = () => true,
): ResourceControl => ({
  ...text,
  types: stageTypes,
  judge: (resource) => {
    const prefix = settingsPath(resource)
    return prefix === undefined || !applies(resource, prefix)
      ? undefined
      : outcomeOf(`${prefix}${path}`, resource.get(`${prefix}${path}`), test)
  },
})

/** A control on a setting that a stage has for all of its methods, and that no method may contradict. */
export const methodSettingControl = (
  text: Omit<ResourceControl, 'types' | 'judge'>,
  name: string,
  test: SettingTest,
  applies: (resource: Resource, prefix: string) => boolean = () => true,
): ResourceControl => ({
  ...text,
  types: stageTypes,
  judge: (resource) => {
    const prefix = settingsPath(resource)
    return prefix === undefined || !applies(resource, prefix) ? undefined : settingOutcomes(resource, prefix, name, test)
  },
})

function settingOutcomes(resource: Resource, prefix: string, name: string, test: SettingTest): readonly Outcome[] {
  const path = `${prefix}MethodSettings`
  const settings = resource.get(path)
  if (settings instanceof Unknown) return [undecided(path, settings.reason)]
  const entries = isList(settings) ? settings.filter(isMap) : []
  const general = entries.findIndex(isForAll)
  const single = entries.flatMap((entry, index) =>
    index === general || entry[name] === undefined ? [] : [outcomeOf(`${path}.${index}.${name}`, entry[name], test)],
  )
  const contrary = single.filter(({ status }) => status !== 'pass')
  if (general !== -1) return [outcomeOf(`${path}.${general}.${name}`, entries[general]?.[name], test), ...contrary]
  // A deployment's description holds settings for all methods beside the list.
  const shared = prefix === '' ? undefined : resource.get(`${prefix}${name}`)
  if (shared === undefined && single.length > 0 && test(undefined) === false)
    return contrary.length > 0 ? contrary : [undecided(path, 'the settings name single methods, and the API may have others')]
  return [outcomeOf(prefix === '' ? path : `${prefix}${name}`, shared, test), ...contrary]
}

const isForAll = ({ HttpMethod: method, ResourcePath: path }: ValueMap): boolean =>
  method === '*' && (path === '/*' || path === '/' || path === '*')

function outcomeOf(path: string, value: Value | undefined, test: SettingTest): Outcome {
  if (value instanceof Unknown) return undecided(path, value.reason)
  const met = test(value)
  if (met === undefined) return undecided(path, 'it is computed at deployment', value)
  return met ? pass(path, value) : fail(path, value)
}

/** The switch is on. */
export const on: SettingTest = (value) => (value instanceof Reference ? undefined : isTrue(value))
/** The switch is off, or not there. */
export const notOn: SettingTest = (value) => (value instanceof Reference ? undefined : value === undefined || isFalse(value))
/** Something stands there. */
export const present: SettingTest = (value) => value !== undefined && value !== ''
/** A number above zero. */
export const positive: SettingTest = (value) =>
  value === undefined ? false : typeof value === 'object' ? undefined : (numberOf(value) ?? 0) > 0
/** One of these words. */
export const word =
  (...words: readonly string[]): SettingTest =>
  (value) =>
    value === undefined ? false : typeof value === 'string' ? words.includes(value) : undefined
