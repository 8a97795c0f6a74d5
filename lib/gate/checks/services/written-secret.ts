import type { Place } from '../../template/resource.ts'
import { hasHole, Reference, Unknown } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl } from '../control.ts'

interface Secret extends Pick<ControlText, 'id' | 'title' | 'why' | 'remedy'> {
  readonly type: string
  /** Places of the secret. */
  readonly paths: readonly string[]
  /** Properties with the secret at its first place. */
  readonly example: (secret: unknown) => Readonly<Record<string, unknown>>
}

/** A control: a secret is not written in the template. Where it comes from a parameter or a reference to a secret, it is not. */
export const notWritten = ({ type, paths, example, ...text }: Secret): ResourceControl => ({
  topic: 'secrets-in-template',
  severity: 'high',
  citations: ['164.308(a)(5)(ii)(D)', '164.312(d)'],
  ...text,
  types: [type],
  judge: (resource) => paths.flatMap((path) => resource.at(path)).flatMap(outcomeOf),
  passing: { Example: { Type: type, Properties: example('{{resolve:secretsmanager:files-password}}') } },
  failing: { Example: { Type: type, Properties: example('example-password-1') } },
})

function outcomeOf({ path, value }: Place): readonly Outcome[] {
  if (value === undefined || value === null || value === '') return []
  if (value instanceof Unknown || value instanceof Reference) return [pass(path, 'from elsewhere')]
  if (typeof value === 'string' && (hasHole(value) || value.includes('{{resolve:'))) return [pass(path, 'from elsewhere')]
  return [fail(path, undefined, 'The secret stands in the template.')]
}
