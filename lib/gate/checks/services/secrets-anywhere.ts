import { fail, pass, type ResourceControl } from '../control.ts'
import { secrecy } from './iam-safeguards.ts'
import { variablePlaces } from './secrets-environment.ts'
import { type KnownSecret, knownSecretIn, masked } from './secrets-formats.ts'
import { secretPlaces } from './secrets-properties.ts'

/** Places that have controls of their own, by type. */
const elsewhere = new Map<string, readonly string[]>()
for (const { type, paths } of [...secretPlaces, ...variablePlaces]) elsewhere.set(type, [...(elsewhere.get(type) ?? []), ...paths])
const scripts: readonly (readonly [type: string, path: string])[] = [
  ['AWS::EC2::Instance', 'UserData'],
  ['AWS::EC2::LaunchTemplate', 'LaunchTemplateData.UserData'],
  ['AWS::AutoScaling::LaunchConfiguration', 'UserData'],
  ['AWS::Lambda::Function', 'Code.ZipFile'],
  ['AWS::CodeBuild::Project', 'Source.BuildSpec'],
  ['AWS::SSM::Document', 'Content'],
  ['AWS::SSM::Parameter', 'Value'],
  ['AWS::SecretsManager::Secret', 'SecretString'],
]
for (const [type, path] of scripts) elsewhere.set(type, [...(elsewhere.get(type) ?? []), path])

const hasOwnControl = (type: string, path: string): boolean =>
  (elsewhere.get(type) ?? []).some((one) => new RegExp(`^${one.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}(\\.|$)`).test(path))

/** A text that holds a secret. */
interface Text {
  readonly path: string
  readonly known: KnownSecret
}

// The properties are read as written: every branch of a condition is there, without the cases.
function collect(written: unknown, path: string, found: Text[]): void {
  if (typeof written === 'string') {
    const known = written.length < shortest ? undefined : knownSecretIn(written)
    if (known !== undefined) found.push({ path, known })
  } else if (typeof written === 'object' && written !== null)
    for (const [name, part] of Object.entries(written)) collect(part, path === '' ? name : `${path}.${name}`, found)
}

/** No secret of a known form has fewer characters. */
const shortest = 12

const attributes = ['Metadata', 'Description'] as const

/** The control that no text of a resource has the form of a known secret. */
export const secretsAnywhereControls: readonly ResourceControl[] = [
  {
    ...secrecy,
    id: 'secrets-known-form',
    title: 'No text of a resource is a key, token or password by its form',
    severity: 'critical',
    why: 'Keys of this form are searched for by machines in every repository, and used within minutes of being found.',
    remedy: 'Revoke the key now, for the history of the repository keeps it; then read the new one from Secrets Manager.',
    types: 'every',
    judge: ({ type, written }) => {
      const texts: Text[] = []
      collect(written.properties, '', texts)
      for (const name of attributes) collect(written.attributes[name], name, texts)
      const found = texts
        .filter(({ path }) => !hasOwnControl(type, path))
        .map(({ path, known }) => fail(path, masked(known.secret), `It holds ${known.name}.`))
      return found.length > 0 ? found : pass('', 'no secret found')
    },
    passing: { Rule: { Type: 'AWS::Events::Rule', Properties: { Description: 'Every night', ScheduleExpression: 'rate(1 day)' } } },
    failing: {
      Rule: { Type: 'AWS::Events::Rule', Properties: { Description: 'Runs with AKIA1234567890ABCDEF', ScheduleExpression: 'rate(1 day)' } },
    },
  },
]
