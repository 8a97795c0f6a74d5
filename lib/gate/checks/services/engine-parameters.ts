import type { Resource } from '../../template/resource.ts'
import { isMap, Reference, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, undecided } from '../control.ts'

/** A parameter of an engine, and when it is as it should be. */
export interface EngineParameter {
  readonly name: string
  readonly isSafe: (text: string) => boolean
  /** Whether the engine is safe where no group sets the parameter; undefined where AWS does not tell, or it depends on what is not known. */
  readonly safeByDefault: boolean | undefined
}

/** A parameter as its group sets it; the names hold dots, so no path can reach them. */
export function parameterValue(group: Resource, name: string): Value | undefined {
  const parameters = group.get('Parameters')
  if (parameters instanceof Unknown) return parameters
  return isMap(parameters) ? parameters[name] : undefined
}

/** Whether a parameter group makes an engine safe in one respect. */
export function judgeParameter(group: Resource, { name, isSafe, safeByDefault }: EngineParameter): Outcome {
  const property = `Parameters.${name}`
  const value = parameterValue(group, name)
  if (value instanceof Unknown) return undecided(property, value.reason)
  if (value instanceof Reference) return undecided(property, 'it is computed at deployment', value)
  if (value === undefined || value === null) return judgeDefault(property, safeByDefault)
  return isSafe(String(value)) ? pass(property, value) : fail(property, value)
}

/** What holds where nothing sets a parameter. */
export function judgeDefault(property: string, safeByDefault: boolean | undefined): Outcome {
  if (safeByDefault === undefined) return undecided(property, 'the default depends on the version of the engine')
  return safeByDefault ? pass(property, undefined) : fail(property, undefined)
}

/** A switch of an engine is on, in any of the words that engines take. */
export const isSwitchedOn = (text: string): boolean => /^(1|on|true|yes|enabled)$/i.test(text.trim())
