import type { Resource } from '../../template/resource.ts'
import { isTrue, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { holdsAll, isGiven, isNoneOf, isOff, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { isOwnUserName } from './rds-names.ts'
import { judgeManagedPassword } from './rds-password.ts'
import { audit, customerKey, exampleKey, hygiene, inTransit, monitoring, notPublic, privateNetwork } from './safeguards.ts'

const workgroup = 'AWS::RedshiftServerless::Workgroup'
const namespace = 'AWS::RedshiftServerless::Namespace'
const work = { WorkgroupName: 'clinic', NamespaceName: 'clinic' } as const
const name = { NamespaceName: 'clinic' } as const

const rows = propertyControls([
  {
    ...notPublic,
    id: 'redshift-serverless-workgroup-public',
    title: 'Redshift Serverless workgroups have no public address',
    why: 'A public address puts the sign-in of the warehouse on the internet, behind nothing but a security group.',
    remedy: 'Set PubliclyAccessible to false, or leave it out.',
    type: workgroup,
    path: 'PubliclyAccessible',
    expect: isOff,
    absent: 'passes',
    passing: work,
    failing: { ...work, PubliclyAccessible: true },
  },
  {
    ...privateNetwork,
    id: 'redshift-serverless-workgroup-enhanced-vpc-routing',
    title: 'Redshift Serverless workgroups load and unload data through their VPC',
    why: 'Without enhanced routing COPY and UNLOAD take the internet: no endpoint policy, security group or flow log of the VPC sees where records go.',
    remedy: 'Set EnhancedVpcRouting to true.',
    type: workgroup,
    path: 'EnhancedVpcRouting',
    expect: isOn,
    absent: 'fails',
    passing: { ...work, EnhancedVpcRouting: true },
    failing: work,
  },
  {
    ...privateNetwork,
    severity: 'low',
    id: 'redshift-serverless-workgroup-subnets',
    title: 'Redshift Serverless workgroups name their subnets',
    why: "Without them the workgroup lands in the account's default VPC, whose subnets all lead to the internet.",
    remedy: 'Set SubnetIds to private subnets.',
    type: workgroup,
    path: 'SubnetIds',
    expect: isGiven,
    absent: 'fails',
    passing: { ...work, SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'] },
    failing: work,
  },
  {
    ...hygiene,
    id: 'redshift-serverless-workgroup-default-port',
    title: 'Redshift Serverless workgroups listen on a port other than 5439',
    why: 'Scanners look for warehouses on 5439 first.',
    remedy: 'Set Port to another number.',
    type: workgroup,
    path: 'Port',
    expect: isNoneOf('5439'),
    absent: 'fails',
    passing: { ...work, Port: 5440 },
    failing: work,
  },
  {
    ...customerKey,
    id: 'redshift-serverless-namespace-customer-key',
    title: "Redshift Serverless namespaces are encrypted with a customer's key",
    why: 'With a key that AWS owns nobody can see in CloudTrail who decrypts the warehouse, or lock it by disabling its key.',
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: namespace,
    path: 'KmsKeyId',
    passing: { ...name, KmsKeyId: exampleKey },
    failing: name,
  },
  {
    ...audit,
    id: 'redshift-serverless-namespace-connection-log',
    title: 'Redshift Serverless namespaces export the log of connections',
    why: 'Sign-ins, and failed ones, are not recorded outside the warehouse.',
    remedy: 'Add connectionlog to LogExports.',
    type: namespace,
    path: 'LogExports',
    expect: holdsAll('connectionlog'),
    absent: 'fails',
    passing: { ...name, LogExports: ['connectionlog', 'userlog', 'useractivitylog'] },
    failing: name,
  },
  {
    ...audit,
    severity: 'medium',
    id: 'redshift-serverless-namespace-user-log',
    title: 'Redshift Serverless namespaces export the log of changed users',
    why: 'A user that an intruder made, or gave rights to, is not noticed.',
    remedy: 'Add userlog to LogExports.',
    type: namespace,
    path: 'LogExports',
    expect: holdsAll('userlog'),
    absent: 'fails',
    passing: { ...name, LogExports: ['connectionlog', 'userlog', 'useractivitylog'] },
    failing: name,
  },
  {
    ...audit,
    severity: 'medium',
    id: 'redshift-serverless-namespace-activity-log',
    title: 'Redshift Serverless namespaces export the log of queries',
    why: 'What was read, and by whom, is not recorded outside the warehouse.',
    remedy: 'Add useractivitylog to LogExports.',
    type: namespace,
    path: 'LogExports',
    expect: holdsAll('useractivitylog'),
    absent: 'fails',
    passing: { ...name, LogExports: ['connectionlog', 'userlog', 'useractivitylog'] },
    failing: name,
  },
  {
    ...hygiene,
    id: 'redshift-serverless-namespace-admin-name',
    title: 'Redshift Serverless namespaces have an administrator of their own name',
    why: 'Scanners try admin first, which is the default.',
    remedy: 'Set AdminUsername to a name that no default uses.',
    type: namespace,
    path: 'AdminUsername',
    expect: isOwnUserName,
    absent: 'fails',
    passing: { ...name, AdminUsername: 'clinic', ManageAdminPassword: true },
    failing: { ...name, AdminUsername: 'admin', ManageAdminPassword: true },
  },
  {
    ...hygiene,
    id: 'redshift-serverless-namespace-database-name',
    title: 'Redshift Serverless namespaces have a database of their own name',
    why: 'Attack scripts look for the database dev, which is the default.',
    remedy: 'Set DbName to a name other than dev.',
    type: namespace,
    path: 'DbName',
    expect: isNoneOf('dev'),
    absent: 'fails',
    passing: { ...name, DbName: 'clinic' },
    failing: name,
  },
  {
    ...monitoring,
    topic: 'backup-recovery',
    citations: ['164.308(a)(7)(i)', '164.308(a)(7)(ii)(A)', '164.308(a)(7)(ii)(B)'],
    severity: 'low',
    id: 'redshift-serverless-namespace-final-snapshot',
    title: 'Redshift Serverless namespaces leave a last snapshot when they are deleted',
    why: 'Deleting the stack deletes the warehouse and leaves nothing to restore from.',
    remedy: 'Set FinalSnapshotName.',
    type: namespace,
    path: 'FinalSnapshotName',
    expect: isGiven,
    absent: 'fails',
    sensitiveOnly: true,
    passing: { ...name, FinalSnapshotName: 'clinic-last' },
    failing: name,
  },
])

/** Whether a workgroup requires TLS; without the parameter new workgroups do not say so in the template. */
function judgeTls(group: Resource): Outcome {
  const path = 'ConfigParameters'
  const all = group.get(path)
  if (all instanceof Unknown) return undecided(path, all.reason)
  const index = group.at(`${path}.*.ParameterKey`).findIndex(({ value }) => value === 'require_ssl')
  if (index < 0) return fail(path, undefined, 'require_ssl is not in ConfigParameters.')
  const value = group.get(`${path}.${index}.ParameterValue`)
  if (value instanceof Unknown) return undecided(`${path}.${index}.ParameterValue`, value.reason)
  return isTrue(value) ? pass(`${path}.${index}.ParameterValue`, value) : fail(`${path}.${index}.ParameterValue`, value)
}

/** Controls on Redshift Serverless. */
export const redshiftServerlessControls: readonly ResourceControl[] = [
  ...rows,
  {
    ...inTransit,
    id: 'redshift-serverless-workgroup-tls',
    title: 'Redshift Serverless workgroups require TLS',
    why: 'Unless the workgroup refuses it, a client that forgets TLS sends passwords and records in the clear, and nobody notices.',
    remedy: 'Set require_ssl to true in ConfigParameters.',
    types: [workgroup],
    judge: judgeTls,
    passing: {
      Group: { Type: workgroup, Properties: { ...work, ConfigParameters: [{ ParameterKey: 'require_ssl', ParameterValue: 'true' }] } },
    },
    failing: { Group: { Type: workgroup, Properties: work } },
  },
  {
    topic: 'key-rotation',
    severity: 'medium',
    citations: ['164.308(a)(4)(ii)(B)', '164.308(a)(5)(ii)(D)'],
    id: 'redshift-serverless-namespace-password-managed',
    title: 'Secrets Manager holds the password of the administrator of Redshift Serverless namespaces',
    why: 'A password that is typed at deployment is known to whoever typed it, lies in their notes, and is seldom changed.',
    remedy: 'Set ManageAdminPassword to true and remove AdminUserPassword.',
    types: [namespace],
    judge: (space) => judgeManagedPassword(space, { managed: 'ManageAdminPassword', given: 'AdminUserPassword' }),
    passing: { Space: { Type: namespace, Properties: { ...name, ManageAdminPassword: true } } },
    failing: {
      Space: {
        Type: namespace,
        Properties: { ...name, AdminUsername: 'clinic', AdminUserPassword: '{{resolve:ssm-secure:/clinic/password:1}}' },
      },
    },
  },
]
