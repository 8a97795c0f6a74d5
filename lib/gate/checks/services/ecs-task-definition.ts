import type { Resource } from '../../template/resource.ts'
import { isList, Reference, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { type Expectation, isGiven, isNoneOf, isOff, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { eachPresent } from './each-present.ts'
import { containment, softwareHealth } from './platform-safeguards.ts'
import { audit, hygiene, inTransit, privateNetwork } from './safeguards.ts'

const type = 'AWS::ECS::TaskDefinition'
const containers = 'ContainerDefinitions.*'
const image = '111122223333.dkr.ecr.us-east-1.amazonaws.com/records:1.4.2'
const task = (container: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) => ({
  Family: 'records',
  ContainerDefinitions: [{ Name: 'records', Image: image, Memory: 512, ...container }],
  ...more,
})
const onFiles = (efs: Readonly<Record<string, unknown>>) =>
  task({}, { Volumes: [{ Name: 'files', EFSVolumeConfiguration: { FilesystemId: 'fs-11111111', ...efs } }] })
const onHost = (SourcePath: string) => task({}, { Volumes: [{ Name: 'host', Host: { SourcePath } }] })
const windows = { RuntimePlatform: { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE', CpuArchitecture: 'X86_64' } }

const family = 'RuntimePlatform.OperatingSystemFamily'
const onLinux = { path: family, expect: matches(/^(?!WINDOWS)/), absent: 'applies' } as const
const onWindows = { path: family, expect: matches(/^WINDOWS/) } as const
/** A user of a container that is not root, by name or number, with or without a group. */
export const isNotRoot: Expectation = matches(/^(?!(root|0+)(:|$)).+$/)

// Each of these gives a container its host, or the way to it ("capabilities", Linux manual).
const strong = ['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_PTRACE', 'SYS_RAWIO', 'NET_ADMIN', 'BPF', 'DAC_READ_SEARCH']
const hasNoStrong: Expectation = (value) => {
  if (!isList(value)) return undefined
  if (value.some((part) => typeof part === 'string' && strong.includes(part.replace(/^CAP_/, '')))) return false
  return value.some((part: Value) => part instanceof Unknown || part instanceof Reference) ? undefined : true
}

const rows = propertyControls([
  {
    ...containment,
    id: 'ecs-task-definition-read-only-root',
    title: 'ECS containers cannot write to their own files',
    citations: ['164.312(c)(1)'],
    why: 'An intruder who cannot write cannot leave a tool behind or change the program.',
    remedy: 'Set ReadonlyRootFilesystem of each container to true.',
    type,
    path: `${containers}.ReadonlyRootFilesystem`,
    expect: isOn,
    absent: 'fails',
    when: onLinux,
    passing: task({ ReadonlyRootFilesystem: true }),
    failing: task({}),
  },
  {
    ...containment,
    id: 'ecs-task-definition-not-privileged',
    title: 'ECS containers are not privileged',
    severity: 'high',
    why: 'A privileged container is root on its host, and reads every other container there.',
    remedy: 'Leave Privileged of each container out, or set it to false.',
    type,
    path: `${containers}.Privileged`,
    expect: isOff,
    absent: 'passes',
    passing: task({ Privileged: false }),
    failing: task({ Privileged: true }),
  },
  {
    ...containment,
    id: 'ecs-task-definition-user-not-root',
    title: 'ECS containers name a user that is not root',
    why: 'Root inside a container is one fault of the kernel away from root on the host. Without a name, the image decides, and most say root.',
    remedy: 'Set User of each container to a user that is not root.',
    type,
    path: `${containers}.User`,
    expect: isNotRoot,
    absent: 'fails',
    when: onLinux,
    passing: task({ User: '1000:1000' }),
    failing: task({ User: 'root' }),
  },
  {
    ...containment,
    id: 'ecs-task-definition-windows-user-not-administrator',
    title: 'ECS containers on Windows name a user that is not an administrator',
    why: 'By default a Windows container runs as ContainerAdministrator.',
    remedy: 'Set User of each container to ContainerUser.',
    type,
    path: `${containers}.User`,
    expect: isNoneOf('ContainerAdministrator'),
    absent: 'fails',
    when: onWindows,
    passing: task({ User: 'ContainerUser' }, windows),
    failing: task({}, windows),
  },
  {
    ...privateNetwork,
    id: 'ecs-task-definition-network-not-host',
    title: 'ECS tasks do not share the network of their host',
    why: 'A container on the network of its host reaches what listens there for the host alone, and the credentials of the instance.',
    remedy: 'Set NetworkMode to awsvpc.',
    type,
    path: 'NetworkMode',
    expect: isNoneOf('host'),
    absent: 'passes',
    passing: task({}, { NetworkMode: 'awsvpc' }),
    failing: task({}, { NetworkMode: 'host' }),
  },
  {
    ...privateNetwork,
    id: 'ecs-task-definition-awsvpc',
    title: 'ECS tasks have a network interface and security groups of their own',
    severity: 'low',
    why: 'In every other mode all tasks of an instance share its security groups, and flow logs cannot tell them apart.',
    remedy: 'Set NetworkMode to awsvpc.',
    type,
    path: 'NetworkMode',
    expect: isOneOf('awsvpc'),
    absent: 'fails',
    passing: task({}, { NetworkMode: 'awsvpc' }),
    failing: task({}),
  },
  {
    ...containment,
    id: 'ecs-task-definition-host-network-user',
    title: 'ECS containers on the network of their host name a user that is not root',
    severity: 'high',
    citations: ['164.308(a)(3)(i)', '164.308(a)(3)(ii)(A)', '164.308(a)(4)(ii)(A)', '164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    why: 'Root on the network of the host can listen to what other containers send.',
    remedy: 'Set User of each container to a user that is not root, or NetworkMode to awsvpc.',
    type,
    path: `${containers}.User`,
    expect: isNotRoot,
    absent: 'fails',
    when: { path: 'NetworkMode', expect: isOneOf('host') },
    passing: task({ User: 'app' }, { NetworkMode: 'host' }),
    failing: task({}, { NetworkMode: 'host' }),
  },
  {
    ...containment,
    id: 'ecs-task-definition-processes-apart',
    title: 'ECS tasks do not see the processes of their host',
    why: 'Who sees all processes of a host reads their arguments and memory.',
    remedy: 'Leave PidMode out, or set it to task.',
    type,
    path: 'PidMode',
    expect: isNoneOf('host'),
    absent: 'passes',
    passing: task({}, { PidMode: 'task' }),
    failing: task({}, { PidMode: 'host' }),
  },
  {
    ...containment,
    id: 'ecs-task-definition-memory-apart',
    title: 'ECS tasks do not share memory with their host',
    why: 'Shared memory of the host holds what other tasks exchange there.',
    remedy: 'Leave IpcMode out, or set it to none or task.',
    type,
    path: 'IpcMode',
    expect: isNoneOf('host'),
    absent: 'passes',
    passing: task({}, { IpcMode: 'none' }),
    failing: task({}, { IpcMode: 'host' }),
  },
  {
    ...audit,
    id: 'ecs-task-definition-logging',
    title: 'ECS containers keep what they print',
    severity: 'medium',
    why: 'What a container prints is gone with it: after an incident nothing tells what it did.',
    remedy: 'Set LogConfiguration of each container.',
    type,
    path: `${containers}.LogConfiguration.LogDriver`,
    expect: isGiven,
    absent: 'fails',
    passing: task({ LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': 'records', 'awslogs-region': 'us-east-1' } } }),
    failing: task({}),
  },
  {
    ...containment,
    id: 'ecs-task-definition-capabilities',
    title: 'ECS containers are given none of the capabilities that reach the host',
    severity: 'high',
    why: 'SYS_ADMIN and its like are as good as a privileged container.',
    remedy: 'Take such capabilities out of LinuxParameters.Capabilities.Add.',
    type,
    path: `${containers}.LinuxParameters.Capabilities.Add`,
    expect: hasNoStrong,
    absent: 'passes',
    passing: task({ LinuxParameters: { Capabilities: { Drop: ['ALL'] } } }),
    failing: task({ LinuxParameters: { Capabilities: { Add: ['SYS_ADMIN'] } } }),
  },
  {
    ...containment,
    id: 'ecs-task-definition-host-paths',
    title: 'ECS tasks mount nothing that rules their host',
    severity: 'high',
    why: 'With the socket of Docker or the files of the host, a container starts any other and reads all of them.',
    remedy: 'Mount a directory made for the task, or none.',
    type,
    path: 'Volumes.*.Host.SourcePath',
    expect: matches(/^(?!\/(var\/run\/docker\.sock|run\/docker\.sock|var\/lib\/docker|etc|proc|sys|root|boot|dev|var\/run|run)?\/?$).+/),
    absent: 'passes',
    passing: onHost('/srv/records'),
    failing: onHost('/var/run/docker.sock'),
  },
  {
    ...softwareHealth,
    id: 'ecs-task-definition-image-fixed',
    title: 'ECS containers name the version of their image',
    severity: 'low',
    why: 'The tag latest means another program tomorrow: nobody can say which one ran, or go back to it.',
    remedy: 'Give Image a tag other than latest, or a digest.',
    type,
    path: `${containers}.Image`,
    expect: matches(/@sha256:|:(?!latest$)[^/:]+$/),
    absent: 'does not apply',
    passing: task({}),
    failing: task({ Image: 'records:latest' }),
  },
  {
    ...hygiene,
    id: 'ecs-task-definition-no-fault-injection',
    title: 'ECS tasks accept no injected faults',
    why: 'What tests resilience also stops a service, for whoever may ask for it.',
    remedy: 'Leave EnableFaultInjection out, or set it to false.',
    type,
    path: 'EnableFaultInjection',
    expect: isOff,
    absent: 'passes',
    passing: task({}, { EnableFaultInjection: false }),
    failing: task({}, { EnableFaultInjection: true }),
  },
])

const volumes = eachPresent([
  {
    ...inTransit,
    id: 'ecs-task-definition-efs-encrypted-in-transit',
    title: 'ECS tasks reach their EFS volumes over TLS',
    why: 'By default files go over the network as they are.',
    remedy: 'Set EFSVolumeConfiguration.TransitEncryption to ENABLED.',
    type,
    bases: ['Volumes.*.EFSVolumeConfiguration'],
    path: 'TransitEncryption',
    expect: isOneOf('ENABLED'),
    absent: 'fails',
    passing: onFiles({ TransitEncryption: 'ENABLED' }),
    failing: onFiles({}),
  },
  {
    ...containment,
    id: 'ecs-task-definition-efs-iam',
    title: 'ECS tasks show their role to EFS',
    topic: 'authn-authz',
    why: 'Without IAM, whoever reaches the file system on the network may mount it.',
    remedy: 'Set EFSVolumeConfiguration.AuthorizationConfig.IAM to ENABLED.',
    type,
    bases: ['Volumes.*.EFSVolumeConfiguration'],
    path: 'AuthorizationConfig.IAM',
    expect: isOneOf('ENABLED'),
    absent: 'fails',
    passing: onFiles({ TransitEncryption: 'ENABLED', AuthorizationConfig: { IAM: 'ENABLED' } }),
    failing: onFiles({}),
  },
])

// The execution role pulls images and reads secrets for the agent; a container with that role can do the same.
function judgeRoles(resource: Resource): Outcome | undefined {
  const [own, agent] = [resource.get('TaskRoleArn'), resource.get('ExecutionRoleArn')]
  if (own === undefined || agent === undefined) return undefined
  if (own instanceof Unknown || agent instanceof Unknown) return undecided('TaskRoleArn', 'one of the two roles is given at deployment')
  const same =
    own instanceof Reference && agent instanceof Reference
      ? own.logicalId === agent.logicalId && own.template === agent.template
      : own === agent
  return same ? fail('TaskRoleArn', own) : pass('TaskRoleArn', own)
}

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const roles: ResourceControl = {
  ...containment,
  id: 'ecs-task-definition-roles-apart',
  title: 'ECS containers have another role than the agent that starts them',
  severity: 'low',
  why: 'The role of the agent may read secrets and images of the task; the program inside should not get all of it.',
  remedy: 'Give TaskRoleArn a role of its own.',
  types: [type],
  judge: judgeRoles,
  passing: { Task: { Type: type, Properties: task({}, { TaskRoleArn: role('records'), ExecutionRoleArn: role('agent') }) } },
  failing: { Task: { Type: type, Properties: task({}, { TaskRoleArn: role('agent'), ExecutionRoleArn: role('agent') }) } },
}

/** Controls on ECS task definitions. Secrets in the environment are judged with all secrets. */
export const ecsTaskDefinitionControls: readonly ResourceControl[] = [...rows, ...volumes, roles]
