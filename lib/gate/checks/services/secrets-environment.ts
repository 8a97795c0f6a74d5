import type { Resource } from '../../template/resource.ts'
import { isMap, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl } from '../control.ts'
import { secrecy } from './iam-safeguards.ts'
import { secretUnder } from './secrets-shown.ts'

/** Where a type holds variables that programs are handed: maps of values by name, or lists of entries with a name and a value. */
export interface VariablePlace {
  readonly id: string
  readonly noun: string
  readonly type: string
  /** Paths of the maps or lists. */
  readonly paths: readonly string[]
  /** Names of the two parts of an entry, where the variables are a list. */
  readonly entry?: readonly [name: string, value: string]
  /** What to use in their place. */
  readonly remedy: string
  /** Properties of a resource with a variable. */
  readonly properties: (name: string, value: unknown) => Readonly<Record<string, unknown>>
}

const role = 'arn:aws:iam::111122223333:role/app'
const image = '111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1'
const read = 'Have the program read the secret from Secrets Manager by its ARN, and hand only the ARN over.'
const pairs = ['Name', 'Value'] as const

/** Places of variables. (AWS CloudFormation Template Reference.) */
export const variablePlaces: readonly VariablePlace[] = [
  {
    id: 'lambda-function-environment',
    noun: 'Environment variables of Lambda functions',
    type: 'AWS::Lambda::Function',
    paths: ['Environment.Variables'],
    remedy: read,
    properties: (name, value) => ({
      Role: role,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'x' },
      Environment: { Variables: { [name]: value } },
    }),
  },
  {
    id: 'ecs-task-definition-environment',
    noun: 'Environment variables of ECS containers',
    type: 'AWS::ECS::TaskDefinition',
    paths: ['ContainerDefinitions.*.Environment'],
    entry: pairs,
    remedy: 'Name the secret in Secrets of the container, with ValueFrom, in place of Environment.',
    properties: (Name, Value) => ({ ContainerDefinitions: [{ Name: 'app', Image: image, Memory: 512, Environment: [{ Name, Value }] }] }),
  },
  {
    id: 'batch-job-definition-environment',
    noun: 'Environment variables of Batch jobs',
    type: 'AWS::Batch::JobDefinition',
    paths: [
      'ContainerProperties.Environment',
      'NodeProperties.NodeRangeProperties.*.Container.Environment',
      'EcsProperties.TaskProperties.*.Containers.*.Environment',
      'EksProperties.PodProperties.Containers.*.Env',
    ],
    entry: pairs,
    remedy: 'Name the secret in Secrets of the container, with ValueFrom, in place of Environment.',
    properties: (Name, Value) => ({
      Type: 'container',
      ContainerProperties: {
        Image: image,
        ResourceRequirements: [
          { Type: 'VCPU', Value: '1' },
          { Type: 'MEMORY', Value: '2048' },
        ],
        Environment: [{ Name, Value }],
      },
    }),
  },
  {
    id: 'codebuild-project-environment',
    noun: 'Environment variables of CodeBuild projects',
    type: 'AWS::CodeBuild::Project',
    paths: ['Environment.EnvironmentVariables'],
    entry: pairs,
    remedy: 'Set Type of the variable to SECRETS_MANAGER and Value to the name of the secret.',
    properties: (Name, Value) => ({
      ServiceRole: role,
      Artifacts: { Type: 'NO_ARTIFACTS' },
      Source: { Type: 'NO_SOURCE', BuildSpec: 'version: 0.2' },
      Environment: {
        ComputeType: 'BUILD_GENERAL1_SMALL',
        Image: 'aws/codebuild/standard:7.0',
        Type: 'LINUX_CONTAINER',
        EnvironmentVariables: [{ Name, Value }],
      },
    }),
  },
  {
    id: 'sagemaker-model-environment',
    noun: 'Environment variables of SageMaker models',
    type: 'AWS::SageMaker::Model',
    paths: ['PrimaryContainer.Environment', 'Containers.*.Environment'],
    remedy: read,
    properties: (name, value) => ({ ExecutionRoleArn: role, PrimaryContainer: { Image: image, Environment: { [name]: value } } }),
  },
  {
    id: 'glue-job-arguments',
    noun: 'Arguments of Glue jobs',
    type: 'AWS::Glue::Job',
    paths: ['DefaultArguments', 'NonOverridableArguments'],
    remedy: read,
    properties: (name, value) => ({
      Role: role,
      Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/copy.py' },
      DefaultArguments: { [`--${name}`]: value },
    }),
  },
  {
    id: 'apprunner-service-environment',
    noun: 'Environment variables of App Runner services',
    type: 'AWS::AppRunner::Service',
    paths: [
      'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables',
      'SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables',
    ],
    entry: pairs,
    remedy: 'Use RuntimeEnvironmentSecrets in place of RuntimeEnvironmentVariables.',
    properties: (Name, Value) => ({
      SourceConfiguration: {
        ImageRepository: {
          ImageIdentifier: image,
          ImageRepositoryType: 'ECR',
          ImageConfiguration: { RuntimeEnvironmentVariables: [{ Name, Value }] },
        },
      },
    }),
  },
  {
    id: 'elasticbeanstalk-environment-options',
    noun: 'Options of Elastic Beanstalk environments',
    type: 'AWS::ElasticBeanstalk::Environment',
    paths: ['OptionSettings'],
    entry: ['OptionName', 'Value'],
    remedy: read,
    properties: (OptionName, Value) => ({
      ApplicationName: 'portal',
      SolutionStackName: '64bit Amazon Linux 2023 v6.1.0 running Node.js 20',
      OptionSettings: [{ Namespace: 'aws:elasticbeanstalk:application:environment', OptionName, Value }],
    }),
  },
  {
    id: 'elasticbeanstalk-template-options',
    noun: 'Options of Elastic Beanstalk templates',
    type: 'AWS::ElasticBeanstalk::ConfigurationTemplate',
    paths: ['OptionSettings'],
    entry: ['OptionName', 'Value'],
    remedy: read,
    properties: (OptionName, Value) => ({
      ApplicationName: 'portal',
      SolutionStackName: '64bit Amazon Linux 2023 v6.1.0 running Node.js 20',
      OptionSettings: [{ Namespace: 'aws:elasticbeanstalk:application:environment', OptionName, Value }],
    }),
  },
  {
    id: 'amplify-app-environment',
    noun: 'Environment variables of Amplify apps',
    type: 'AWS::Amplify::App',
    paths: ['EnvironmentVariables', 'AutoBranchCreationConfig.EnvironmentVariables'],
    entry: pairs,
    remedy: read,
    properties: (Name, Value) => ({ Name: 'portal', EnvironmentVariables: [{ Name, Value }] }),
  },
  {
    id: 'amplify-branch-environment',
    noun: 'Environment variables of Amplify branches',
    type: 'AWS::Amplify::Branch',
    paths: ['EnvironmentVariables'],
    entry: pairs,
    remedy: read,
    properties: (Name, Value) => ({ AppId: 'd1234567890abc', BranchName: 'main', EnvironmentVariables: [{ Name, Value }] }),
  },
  {
    id: 'synthetics-canary-environment',
    noun: 'Environment variables of canaries',
    type: 'AWS::Synthetics::Canary',
    paths: ['RunConfig.EnvironmentVariables'],
    remedy: read,
    properties: (name, value) => ({
      Name: 'portal',
      ArtifactS3Location: 's3://canaries/portal',
      Code: { Handler: 'index.handler', S3Bucket: 'canaries', S3Key: 'portal.zip' },
      ExecutionRoleArn: role,
      RuntimeVersion: 'syn-nodejs-puppeteer-9.1',
      Schedule: { Expression: 'rate(5 minutes)' },
      RunConfig: { EnvironmentVariables: { [name]: value } },
    }),
  },
  {
    id: 'mwaa-environment-options',
    noun: 'Options of Airflow environments',
    type: 'AWS::MWAA::Environment',
    paths: ['AirflowConfigurationOptions'],
    remedy: 'Use the Secrets Manager backend of Airflow.',
    properties: (name, value) => ({ Name: 'visits', AirflowConfigurationOptions: { [`smtp.${name}`]: value } }),
  },
  {
    id: 'apigateway-stage-variables',
    noun: 'Variables of API stages',
    type: 'AWS::ApiGateway::Stage',
    paths: ['Variables'],
    remedy: read,
    properties: (name, value) => ({ RestApiId: 'abcdefghij', DeploymentId: 'abcdef', StageName: 'live', Variables: { [name]: value } }),
  },
  {
    id: 'apigatewayv2-stage-variables',
    noun: 'Variables of stages of HTTP and WebSocket APIs',
    type: 'AWS::ApiGatewayV2::Stage',
    paths: ['StageVariables'],
    remedy: read,
    properties: (name, value) => ({ ApiId: 'abcdefghij', StageName: 'live', StageVariables: { [name]: value } }),
  },
  {
    id: 'cloudformation-stack-parameters',
    noun: 'Parameters of nested stacks',
    type: 'AWS::CloudFormation::Stack',
    paths: ['Parameters'],
    remedy: 'Hand a parameter with NoEcho on, or let the nested stack read the secret from Secrets Manager.',
    properties: (name, value) => ({ TemplateURL: 'https://s3.amazonaws.com/templates/database.yaml', Parameters: { [name]: value } }),
  },
]

interface Variable {
  readonly path: string
  readonly name: string
  readonly value: Value | undefined
}

function variablesOf(resource: Resource, { paths, entry }: VariablePlace): readonly Variable[] {
  const [name, value] = entry ?? pairs
  return paths.flatMap((path) =>
    entry === undefined ? resource.at(path).flatMap(fromMap) : resource.at(`${path}.*`).flatMap((one) => fromEntry(one, name, value)),
  )
}

const fromMap = ({ path, value }: { readonly path: string; readonly value: Value | undefined }): readonly Variable[] =>
  isMap(value) ? Object.entries(value).map(([name, part]) => ({ path: `${path}.${name}`, name, value: part })) : []

function fromEntry(
  { path, value: entry }: { readonly path: string; readonly value: Value | undefined },
  name: string,
  value: string,
): readonly Variable[] {
  // A variable of CodeBuild that is read from elsewhere holds a name, not the secret.
  if (!isMap(entry) || /^(SECRETS_MANAGER|PARAMETER_STORE)$/.test(String(entry['Type'] ?? ''))) return []
  return [
    {
      path: `${path}.${value}`,
      name: String(entry[name] ?? entry[name.toLowerCase()] ?? ''),
      value: entry[value] ?? entry[value.toLowerCase()],
    },
  ]
}

function judge(resource: Resource, place: VariablePlace): readonly Outcome[] {
  const variables = variablesOf(resource, place)
  const failed = variables.flatMap(({ path, name, value }) => {
    const secret = secretUnder(name.replace(/^--/, ''), value)
    return secret === undefined ? [] : [fail(path, secret.shown, `${name} holds ${secret.what}.`)]
  })
  if (failed.length > 0) return failed
  const [first] = variables
  return first === undefined ? [] : [pass(place.paths[0] ?? '', first.value instanceof Unknown ? 'from elsewhere' : variables.length)]
}

/** Controls that variables of programs hold no secret. */
export const secretsEnvironmentControls: readonly ResourceControl[] = variablePlaces.map((place) => ({
  ...secrecy,
  id: `${place.id}-secret`,
  title: `${place.noun} hold no secret`,
  severity: 'high',
  why: 'They are shown in the console and to whoever may describe the resource, and stand in the template with its whole history.',
  remedy: place.remedy,
  types: [place.type],
  judge: (resource) => judge(resource, place),
  passing: { Example: { Type: place.type, Properties: place.properties('LOG_LEVEL', 'info') } },
  failing: { Example: { Type: place.type, Properties: place.properties('DB_PASSWORD', 'example-password-1') } },
}))
