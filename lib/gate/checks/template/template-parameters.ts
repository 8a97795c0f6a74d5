import type { Parameter, Remark, Template } from '../../template/template.ts'
import type { ControlText } from '../control.ts'
import { secrecy } from '../services/iam-safeguards.ts'
import { knownSecretIn, masked } from '../services/secrets-formats.ts'
import { namesSecret } from '../services/secrets-names.ts'
import { secretPlaces } from '../services/secrets-properties.ts'
import { mayBeSecret } from '../services/secrets-shown.ts'
import type { TemplateControl } from './template-health.ts'

const isPlain = ({ type }: Parameter): boolean => type === 'String' || type === 'CommaDelimitedList' || type === 'Number'

/** What a literal under a name shows of a secret; undefined where it is none. */
function shownOf(name: string, hidden: boolean, value: unknown): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const known = knownSecretIn(text)
  if (known !== undefined) return `${known.name}: ${masked(known.secret)}`
  return (hidden || namesSecret(name)) && mayBeSecret(text) ? masked(text) : undefined
}

const defaults = ({ parameters }: Template): readonly Remark[] =>
  [...parameters].flatMap(([name, parameter]) => {
    const shown = isPlain(parameter) ? shownOf(name, parameter.noEcho, parameter.default) : undefined
    return shown === undefined ? [] : [{ path: ['Parameters', name, 'Default'], message: `The default of ${name} is a secret: ${shown}.` }]
  })

/** Names of parameters that stand where a property takes a secret. */
function handedOver(template: Template): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { type, properties } of template.resources.values())
    for (const place of secretPlaces)
      if (place.type === type) for (const path of place.paths) for (const name of refsAt(properties, path.split('.'))) names.add(name)
  return names
}

function refsAt(written: unknown, [step, ...rest]: readonly string[]): readonly string[] {
  if (typeof written !== 'object' || written === null) return []
  if (step === undefined) return 'Ref' in written && typeof written.Ref === 'string' ? [written.Ref] : []
  const parts = step === '*' ? Object.values(written) : [(written as Record<string, unknown>)[step]]
  return parts.flatMap((part) => refsAt(part, rest))
}

function shown(template: Template): readonly Remark[] {
  const given = handedOver(template)
  return [...template.parameters].flatMap(([name, parameter]) =>
    !parameter.noEcho && isPlain(parameter) && (given.has(name) || namesSecret(name)) && mayHoldSecret(parameter)
      ? [{ path: ['Parameters', name], message: `${name} takes a secret and has no NoEcho.` }]
      : [],
  )
}

// One of a list of words, a number or a switch is a choice, and no secret.
const mayHoldSecret = ({ allowed, type, default: standard }: Parameter): boolean =>
  allowed.length === 0 && type !== 'Number' && (standard === undefined || standard === '' || mayBeSecret(String(standard)))

/** Words of an output that give a secret away; undefined where there are none. */
function leakOf(template: Template, written: unknown): string | undefined {
  if (typeof written === 'string') return leakOfText(template, written)
  if (typeof written !== 'object' || written === null) return undefined
  const { Ref: ref, 'Fn::GetAtt': attribute } = written as Record<string, unknown>
  if (typeof ref === 'string') return template.parameters.get(ref)?.noEcho === true ? `the parameter ${ref}` : undefined
  const path = Array.isArray(attribute) ? attribute.join('.') : attribute
  if (typeof path === 'string') return path.endsWith('.SecretAccessKey') ? path : undefined
  return Object.values(written)
    .map((part) => leakOf(template, part))
    .find((leak) => leak !== undefined)
}

function leakOfText(template: Template, text: string): string | undefined {
  const known = knownSecretIn(text)
  if (known !== undefined) return `${known.name} (${masked(known.secret)})`
  const variable = [...text.matchAll(/\$\{([\w.:]+)\}/g)]
    .map(([, name = '']) => name)
    .find((name) => name.endsWith('.SecretAccessKey') || template.parameters.get(name)?.noEcho === true)
  return variable ?? /\{\{resolve:(secretsmanager|ssm-secure):[^}]*\}\}/.exec(text)?.[0]
}

const outputs = (template: Template): readonly Remark[] =>
  [...template.outputs].flatMap(([name, { value }]) => {
    const leak = leakOf(template, value) ?? (typeof value === 'string' ? shownOf(name, false, value) : undefined)
    return leak === undefined ? [] : [{ path: ['Outputs', name, 'Value'], message: `The output ${name} shows ${leak}.` }]
  })

function mappings({ mappings: all }: Template): readonly Remark[] {
  return [...valuesIn(all, ['Mappings'])].flatMap(({ path, value }) => {
    const secret = shownOf(String(path.at(-1)), false, value)
    return secret === undefined ? [] : [{ path, message: `It holds a secret: ${secret}.` }]
  })
}

function* valuesIn(
  written: unknown,
  path: readonly (string | number)[],
): Generator<{ readonly path: readonly (string | number)[]; readonly value: unknown }> {
  if (typeof written !== 'object' || written === null) yield { path, value: written }
  else for (const [name, part] of Object.entries(written)) yield* valuesIn(part, [...path, name])
}

const common = { ...secrecy, status: 'fail' } as const satisfies Partial<ControlText & TemplateControl>

/** Controls over parameters, outputs and mappings of templates: none of them holds or shows a secret. */
export const parameterControls: readonly TemplateControl[] = [
  {
    ...common,
    id: 'template-parameter-secret-default',
    severity: 'high',
    title: 'Parameters for secrets have no default',
    why: 'A default is read by everyone who reads the template, and is what runs wherever nobody thought of another.',
    remedy: 'Remove the Default, or read the secret from Secrets Manager by a dynamic reference.',
    remarks: defaults,
  },
  {
    ...common,
    id: 'template-parameter-secret-no-echo',
    severity: 'medium',
    title: 'Parameters for secrets do not show their value',
    why: 'CloudFormation shows the values of parameters in its console and to everyone who may describe stacks, unless NoEcho hides them.',
    remedy: 'Set NoEcho of the parameter to true; better, use a dynamic reference to Secrets Manager.',
    remarks: shown,
  },
  {
    ...common,
    id: 'template-output-secret',
    severity: 'high',
    title: 'Outputs show no secret',
    why: 'Outputs are shown in the console, in logs of pipelines and to everyone who may describe stacks.',
    remedy: 'Put out the ARN of the secret in place of the secret.',
    remarks: outputs,
  },
  {
    ...common,
    id: 'template-mapping-secret',
    severity: 'high',
    title: 'Mappings hold no secret',
    why: 'Mappings are read by everyone who reads the template, with its whole history.',
    remedy: 'Read the secret from Secrets Manager by a dynamic reference.',
    remarks: mappings,
  },
]
