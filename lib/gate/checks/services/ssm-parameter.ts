import type { Resource } from '../../template/resource.ts'
import { Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl } from '../control.ts'
import { secrecy } from './iam-safeguards.ts'
import { namesSecret } from './secrets-names.ts'
import { secretUnder } from './secrets-shown.ts'

const types = ['AWS::SSM::Parameter'] as const

/** What a parameter is called: the last part of its name, or its logical id where it has none. */
function nameOf(resource: Resource): string {
  const name = resource.get('Name')
  return typeof name === 'string' ? (name.split('/').findLast((part) => part !== '') ?? name) : resource.logicalId
}

function judgeSecret(resource: Resource): Outcome {
  const value = resource.get('Value')
  const secret = secretUnder(nameOf(resource), value)
  return secret === undefined
    ? pass('Value', value instanceof Unknown ? 'from elsewhere' : 'no secret found')
    : fail('Value', secret.shown, `It holds ${secret.what}.`)
}

/** CloudFormation makes no encrypted parameters, so whatever is stored is readable to everyone who may read parameters. ("AWS::SSM::Parameter", AWS CloudFormation Template Reference.) */
function judgeStored(resource: Resource): Outcome | undefined {
  const value = resource.get('Value')
  if (!(value instanceof Unknown) || (value.parameter === undefined && value.dynamicReference === undefined)) return undefined
  return namesSecret(nameOf(resource))
    ? fail('Value', value.dynamicReference ?? value.parameter, 'The value stands unencrypted in Parameter Store.')
    : pass('Value', 'no secret by its name')
}

const parameter = (Name: string, Value: unknown) => ({
  Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value } },
})

/** Controls on parameters of Systems Manager. */
export const ssmParameterControls: readonly ResourceControl[] = [
  {
    ...secrecy,
    id: 'ssm-parameter-secret-written',
    title: 'Parameters of Systems Manager hold no secret from the template',
    severity: 'high',
    why: 'The value stands in the template with its whole history, and unencrypted in Parameter Store.',
    remedy: 'Use AWS::SecretsManager::Secret with GenerateSecretString in place of the parameter.',
    types,
    judge: judgeSecret,
    passing: parameter('/app/level', 'info'),
    failing: parameter('/app/password', 'example-password-1'),
  },
  {
    ...secrecy,
    id: 'ssm-parameter-secret-unencrypted',
    title: 'Parameters of Systems Manager that CloudFormation makes hold no secret',
    severity: 'medium',
    why: 'CloudFormation makes plain parameters only: the value is not encrypted under a key, and many roles may read all parameters.',
    remedy: 'Use AWS::SecretsManager::Secret in place of the parameter.',
    types,
    judge: judgeStored,
    passing: parameter('/app/image', '{{resolve:ssm:/aws/service/ami}}'),
    failing: parameter('/app/password', '{{resolve:secretsmanager:app:SecretString:password}}'),
  },
]
