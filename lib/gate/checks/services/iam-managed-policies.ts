import type { Resource } from '../../template/resource.ts'
import { isList, Unknown, type Value } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { privilege } from './iam-safeguards.ts'

const paths: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'ManagedPolicyArns',
  'AWS::IAM::User': 'ManagedPolicyArns',
  'AWS::IAM::Group': 'ManagedPolicyArns',
  'AWS::SSO::PermissionSet': 'ManagedPolicies',
}

/** Name of a managed policy of AWS, without its path; undefined for one of a customer. A partition that is computed is one of AWS's all the same. */
export const nameOfManagedPolicy = (arn: Value): string | undefined =>
  typeof arn === 'string' ? /^arn:[^:]*(?:::Partition⟩)?:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1] : undefined

/** Names that end in FullAccess and are judged by other controls, or that reach nothing worth a finding. */
const otherwise = new Set(['IAMFullAccess', 'AWSXrayFullAccess', 'CloudWatchSyntheticsFullAccess'])

/** Policies that give a whole family of services away under another name. */
const families = new Set([
  'AdministratorAccess-Amplify',
  'AdministratorAccess-AWSElasticBeanstalk',
  'SystemAdministrator',
  'NetworkAdministrator',
  'DatabaseAdministrator',
  'DataScientist',
  'SecretsManagerReadWrite',
  'AmazonEC2ContainerRegistryPowerUser',
  'AWSKeyManagementServicePowerUser',
  'AWSCodeCommitPowerUser',
  'AmazonCognitoPowerUser',
])

/** Policies that read the data of every store, not only its description. (AWS Managed Policy Reference.) */
const readers = new Set([
  'ReadOnlyAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonDynamoDBReadOnlyAccess',
  'AmazonSSMReadOnlyAccess',
  'AmazonSQSReadOnlyAccess',
  'AmazonKinesisReadOnlyAccess',
  'AWSCodeCommitReadOnly',
  'AWSLambda_ReadOnlyAccess',
  'SecretsManagerReadWrite',
  'AmazonHealthLakeReadOnlyAccess',
  'AmazonOpenSearchServiceReadOnlyAccess',
])

/** Policies that AWS has replaced by narrower ones, with their successors. (AWS Managed Policy Reference, "Deprecated AWS managed policies".) */
const replaced: Readonly<Record<string, string>> = {
  AWSLambdaFullAccess: 'AWSLambda_FullAccess',
  AWSLambdaReadOnlyAccess: 'AWSLambda_ReadOnlyAccess',
  AmazonEC2RoleforSSM: 'AmazonSSMManagedInstanceCore',
  AWSConfigRole: 'AWS_ConfigRole',
  AmazonElasticMapReduceRole: 'AmazonEMRServicePolicy_v2',
  AmazonElasticMapReduceFullAccess: 'AmazonEMRFullAccessPolicy_v2',
  AmazonElasticMapReduceReadOnlyAccess: 'AmazonEMRReadOnlyAccessPolicy_v2',
  AWSElasticBeanstalkFullAccess: 'AdministratorAccess-AWSElasticBeanstalk',
  AWSElasticBeanstalkService: 'AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy',
  AmazonMachineLearningRoleforRedshiftDataSource: 'AmazonMachineLearningRoleforRedshiftDataSourceV3',
  AWSCodePipelineFullAccess: 'AWSCodePipeline_FullAccess',
  AWSCodePipelineReadOnlyAccess: 'AWSCodePipeline_ReadOnlyAccess',
  AWSDataPipelineRole: 'a policy of your own',
  AmazonRekognitionServiceRole: 'a policy of your own',
}

interface ManagedRow extends Pick<ControlText, 'id' | 'title' | 'severity' | 'why' | 'remedy'> {
  readonly refuses: (name: string) => boolean
  readonly failing: string
  readonly message?: (name: string) => string
}

const managedControl = ({ refuses, failing, message, ...text }: ManagedRow): ResourceControl => ({
  ...privilege,
  ...text,
  types: Object.keys(paths),
  judge: (resource) => judgeManaged(resource, refuses, message),
  passing: example('service-role/AWSLambdaBasicExecutionRole'),
  failing: example(failing),
})

const example = (name: string) => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
      ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` }],
    },
  },
})

function judgeManaged(
  resource: Resource,
  refuses: ManagedRow['refuses'],
  message: ManagedRow['message'],
): Outcome | readonly Outcome[] | undefined {
  const path = paths[resource.type] ?? ''
  const value = resource.get(path)
  if (value === undefined) return undefined
  if (value instanceof Unknown || !isList(value))
    return undecided(path, value instanceof Unknown ? value.reason : 'it is computed at deployment')
  const named = value.map((arn) => nameOfManagedPolicy(arn))
  const failed = named.flatMap((name, index) =>
    name !== undefined && refuses(name) ? [fail(`${path}.${index}`, name, message?.(name))] : [],
  )
  if (failed.length > 0) return failed
  const open = value.findIndex((arn) => arn instanceof Unknown)
  return open >= 0 ? undecided(`${path}.${open}`, (value[open] as Unknown).reason) : pass(path, value)
}

const instead = 'Attach a policy of your own that names actions and resources.'

/** Controls on the policies of AWS that are attached to identities. */
export const iamManagedPolicyControls: readonly ResourceControl[] = [
  {
    id: 'iam-managed-policy-administrator',
    title: 'No identity has the policy AdministratorAccess',
    severity: 'high' as const,
    why: 'Whoever gets hold of the identity owns the account with all data and all logs.',
    remedy: instead,
    refuses: (name: string) => name === 'AdministratorAccess',
    failing: 'AdministratorAccess',
  },
  {
    id: 'iam-managed-policy-iam-full-access',
    title: 'No identity has the policy IAMFullAccess',
    severity: 'high' as const,
    why: 'Who may change all policies gives themselves every right there is.',
    remedy: instead,
    refuses: (name: string) => name === 'IAMFullAccess',
    failing: 'IAMFullAccess',
  },
  {
    id: 'iam-managed-policy-power-user',
    title: 'No identity has the policy PowerUserAccess',
    severity: 'high' as const,
    why: 'It allows everything but the management of identities: all data can be read, copied away and deleted.',
    remedy: instead,
    refuses: (name: string) => name === 'PowerUserAccess',
    failing: 'PowerUserAccess',
  },
  {
    id: 'iam-managed-policy-full-access',
    title: 'No identity has a policy of AWS that gives a whole service away',
    severity: 'medium' as const,
    why: 'Such a policy reaches every resource of the service in the account, deletes them too, and grows with each new feature.',
    remedy: instead,
    refuses: (name: string) => (/full_?access/i.test(name) && !otherwise.has(name)) || families.has(name),
    failing: 'AmazonS3FullAccess',
  },
  {
    id: 'iam-managed-policy-reads-all-data',
    title: 'No identity has a policy of AWS that reads the data of every store',
    severity: 'medium' as const,
    why: 'Read only sounds harmless, but it is all that is needed to copy every record away.',
    remedy: 'Attach a policy of your own that names the stores, or ViewOnlyAccess where descriptions suffice.',
    refuses: (name: string) => readers.has(name),
    failing: 'AmazonS3ReadOnlyAccess',
  },
  {
    id: 'iam-managed-policy-current',
    title: 'No identity has a policy that AWS has replaced',
    severity: 'low' as const,
    why: 'AWS replaced these policies because they grant too much, and no longer corrects them.',
    remedy: 'Attach the successor, or a policy of your own.',
    refuses: (name: string) => Object.hasOwn(replaced, name),
    message: (name: string) => `${name} was replaced by ${replaced[name]}.`,
    failing: 'service-role/AmazonEC2RoleforSSM',
  },
].map(managedControl)
