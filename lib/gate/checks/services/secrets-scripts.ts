import type { Resource } from '../../template/resource.ts'
import { isMap, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl } from '../control.ts'
import { secrecy } from './iam-safeguards.ts'
import { knownSecretIn, masked } from './secrets-formats.ts'
import { namesSecret } from './secrets-names.ts'
import { mayBeSecret, type Shown, textsIn } from './secrets-shown.ts'

// NAME=value, name: value, "name": "value", --password value: how scripts and files of settings set a secret.
const assignment =
  /(?:^|[\s"'`({,;?&]|--)([A-Za-z][\w.-]{2,48})["']?(?:\s*[:=]\s*|\s+(?=["']))(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'`;,|&<>(){}]+))/g
const option = /--?(password|pass|token|secret)[= ](?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'`;,|&<>(){}]+))/gi
const quotedAssignment = /([A-Za-z_]\w{2,48})["']?\]?\s*[:=]\s*(?:"([^"\n]{4,})"|'([^'\n]{4,})')/g

/** A value that a script computes or takes from elsewhere. */
const computed = /[$`⟨]|^\{\{|^%|^\(|^(get|read|fetch|load|require|process|os|event|params?|config|self|this|env)[.[(]/i

/** The first secret that a text sets under a name that says so, or that has a known form. */
export function secretInScript(text: string, quotedOnly = false): Shown | undefined {
  const known = knownSecretIn(text)
  if (known !== undefined) return { shown: masked(known.secret), what: known.name }
  for (const pattern of quotedOnly ? [quotedAssignment] : [assignment, option])
    for (const [, name = '', ...values] of text.matchAll(pattern)) {
      const value = values.find((one) => one !== undefined) ?? ''
      if (namesSecret(name) && !computed.test(value) && mayBeSecret(value))
        return { shown: masked(value), what: `a secret under the name ${name}` }
    }
  return undefined
}

/** User data may stand as base64 in the template. */
function decoded(text: string): string {
  if (text.length < 16 || !/^[A-Za-z0-9+/\s]+=*\s*$/.test(text)) return text
  const plain = Buffer.from(text, 'base64').toString('utf8')
  return /^[\t\n\r\x20-\x7e]*$/.test(plain) ? plain : text
}

interface ScriptPlace {
  readonly id: string
  readonly title: string
  readonly type: string | readonly string[]
  readonly path: string
  /** Whether only texts in quotation marks count, as in programs. */
  readonly quotedOnly?: boolean
  readonly properties: (script: string) => Readonly<Record<string, unknown>>
}

const image = 'ami-0123456789abcdef0'
const shell = (line: string) => ({ 'Fn::Base64': `#!/bin/bash\n${line}\n` })

const places: readonly ScriptPlace[] = [
  {
    id: 'ec2-instance-user-data-secret',
    title: 'User data of EC2 instances holds no secret',
    type: 'AWS::EC2::Instance',
    path: 'UserData',
    properties: (script) => ({ ImageId: image, UserData: shell(script) }),
  },
  {
    id: 'ec2-launch-template-user-data-secret',
    title: 'User data of launch templates holds no secret',
    type: 'AWS::EC2::LaunchTemplate',
    path: 'LaunchTemplateData.UserData',
    properties: (script) => ({ LaunchTemplateData: { ImageId: image, UserData: shell(script) } }),
  },
  {
    id: 'autoscaling-launch-configuration-user-data-secret',
    title: 'User data of launch configurations holds no secret',
    type: 'AWS::AutoScaling::LaunchConfiguration',
    path: 'UserData',
    properties: (script) => ({ ImageId: image, InstanceType: 't3.micro', UserData: shell(script) }),
  },
  {
    id: 'lambda-function-inline-code-secret',
    title: 'Inline code of Lambda functions holds no secret',
    type: 'AWS::Lambda::Function',
    path: 'Code.ZipFile',
    quotedOnly: true,
    properties: (script) => ({
      Role: 'arn:aws:iam::111122223333:role/app',
      Runtime: 'python3.13',
      Handler: 'index.handler',
      Code: { ZipFile: script.replace(/=(\S+)/, "='$1'") },
    }),
  },
  {
    id: 'codebuild-project-build-commands-secret',
    title: 'Build commands of CodeBuild projects hold no secret',
    type: 'AWS::CodeBuild::Project',
    path: 'Source.BuildSpec',
    properties: (script) => ({
      ServiceRole: 'arn:aws:iam::111122223333:role/build',
      Artifacts: { Type: 'NO_ARTIFACTS' },
      Source: { Type: 'NO_SOURCE', BuildSpec: `version: 0.2\nphases:\n  build:\n    commands:\n      - ${script}\n` },
      Environment: { ComputeType: 'BUILD_GENERAL1_SMALL', Image: 'aws/codebuild/standard:7.0', Type: 'LINUX_CONTAINER' },
    }),
  },
  {
    id: 'ssm-document-secret',
    title: 'Documents of Systems Manager hold no secret',
    type: 'AWS::SSM::Document',
    path: 'Content',
    properties: (script) => ({
      DocumentType: 'Command',
      Content: {
        schemaVersion: '2.2',
        description: 'set up',
        mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: [script] } }],
      },
    }),
  },
]

function judge(value: Value | undefined, path: string, quotedOnly: boolean): readonly Outcome[] {
  if (value === undefined) return []
  const found = [...textsIn(value, path)].flatMap((one) => {
    const secret = secretInScript(decoded(one.text), quotedOnly)
    return secret === undefined ? [] : [fail(one.path, secret.shown, `It holds ${secret.what}.`)]
  })
  return found.length > 0 ? found : [pass(path, 'no secret found')]
}

const text = {
  ...secrecy,
  severity: 'high',
  why: 'It is read by everyone who reads the repository or the stack, and by every program that runs there.',
  remedy: 'Have the script fetch the secret from Secrets Manager when it runs, with the rights of its role.',
} as const

const good = 'DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString --output text)'
const bad = 'DB_PASSWORD=example-password-1'

const ofPlaces: readonly ResourceControl[] = places.map(({ id, title, type, path, quotedOnly = false, properties }) => {
  const types = typeof type === 'string' ? [type] : type
  return {
    ...text,
    id,
    title,
    types,
    judge: (resource) => judge(resource.get(path), path, quotedOnly),
    passing: { Example: { Type: types[0] ?? '', Properties: properties(quotedOnly ? 'import boto3' : good) } },
    failing: { Example: { Type: types[0] ?? '', Properties: properties(bad) } },
  }
})

const section = 'AWS::CloudFormation::Init'
const instance = (content: string) => ({
  Example: {
    Type: 'AWS::EC2::Instance',
    Metadata: { [section]: { config: { files: { '/etc/app.conf': { content } } } } },
    Properties: { ImageId: image },
  },
})

function initOf(resource: Resource): Value | undefined {
  const metadata = resource.attribute('Metadata')
  return isMap(metadata) ? metadata[section] : undefined
}

const settings: ResourceControl = {
  ...text,
  id: 'cloudformation-init-secret',
  title: 'Set-up instructions in metadata hold no secret',
  types: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::AutoScaling::AutoScalingGroup'],
  judge: (resource) => {
    const init = initOf(resource)
    const found = judge(init, `Metadata.${section}`, false)
    return found.some(({ status }) => status === 'fail') ? found : [...namedValues(init), ...found].slice(0, 1)
  },
  passing: instance('db_host=db.example.com'),
  failing: instance('db_password=example-password-1'),
}

/** Values of maps in instructions whose names say that they are secrets: environments of commands. */
function namedValues(init: Value | undefined): readonly Outcome[] {
  return [...textsIn(init, `Metadata.${section}`)].flatMap(({ path, text: value }) => {
    const name = path.slice(path.lastIndexOf('.') + 1)
    return namesSecret(name) && mayBeSecret(value) && !computed.test(value)
      ? [fail(path, masked(value), `It holds a secret under the name ${name}.`)]
      : []
  })
}

/** Controls that scripts and settings of servers and builds hold no secret. */
export const secretsScriptControls: readonly ResourceControl[] = [...ofPlaces, settings]
