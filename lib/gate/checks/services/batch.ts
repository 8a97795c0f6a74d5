import type { ResourceControl } from '../control.ts'
import { isGiven, isNoneOf, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { eachPresent } from './each-present.ts'
import { isNotRoot } from './ecs-task-definition.ts'
import { containment, exposed } from './platform-safeguards.ts'
import { hygiene, inTransit, monitoring } from './safeguards.ts'

const type = 'AWS::Batch::JobDefinition'
const tasks = ['EcsProperties.TaskProperties.*', 'NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*']
/** Containers that ECS runs, in the places where a job definition may have them. */
const containers = ['ContainerProperties', 'NodeProperties.NodeRangeProperties.*.Container', ...tasks.map((task) => `${task}.Containers.*`)]
const jobs = ['ContainerProperties', 'NodeProperties.NodeRangeProperties.*.Container', ...tasks]
const pods = ['EksProperties.PodProperties', 'NodeProperties.NodeRangeProperties.*.EksProperties.PodProperties']
const inPods = pods.flatMap((pod) => [`${pod}.Containers.*`, `${pod}.InitContainers.*`])

const image = '111122223333.dkr.ecr.us-east-1.amazonaws.com/import:1.0'
const needs = [
  { Type: 'VCPU', Value: '1' },
  { Type: 'MEMORY', Value: '2048' },
]
const job = (more: Readonly<Record<string, unknown>>) => ({
  Type: 'container',
  ContainerProperties: { Image: image, ResourceRequirements: needs, ...more },
})
const task = (more: Readonly<Record<string, unknown>>) => ({
  Type: 'container',
  EcsProperties: { TaskProperties: [{ Containers: [{ Name: 'import', Image: image, ResourceRequirements: needs }], ...more }] },
})
const pod = (context: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'container',
  EksProperties: { PodProperties: { Containers: [{ Name: 'import', Image: image, SecurityContext: context }], ...more } },
})
const onFiles = (more: Readonly<Record<string, unknown>>) =>
  job({ Volumes: [{ Name: 'files', EfsVolumeConfiguration: { FileSystemId: 'fs-11111111', ...more } }] })

const rows = eachPresent([
  {
    ...containment,
    id: 'batch-job-definition-not-privileged',
    title: 'Batch containers are not privileged',
    severity: 'high',
    why: 'A privileged container is root on its host, and reads every other job there.',
    remedy: 'Leave Privileged out, or set it to false.',
    type,
    bases: containers,
    path: 'Privileged',
    expect: isOff,
    absent: 'passes',
    passing: job({ Privileged: false }),
    failing: job({ Privileged: true }),
  },
  {
    ...containment,
    id: 'batch-job-definition-read-only-root',
    title: 'Batch containers cannot write to their own files',
    citations: ['164.312(c)(1)'],
    why: 'An intruder who cannot write cannot leave a tool behind or change the program.',
    remedy: 'Set ReadonlyRootFilesystem to true.',
    type,
    bases: containers,
    path: 'ReadonlyRootFilesystem',
    expect: isOn,
    absent: 'fails',
    passing: job({ ReadonlyRootFilesystem: true }),
    failing: job({}),
  },
  {
    ...containment,
    id: 'batch-job-definition-user-not-root',
    title: 'Batch containers name a user that is not root',
    severity: 'low',
    why: 'Root inside a container is one fault of the kernel away from root on the host.',
    remedy: 'Set User to a user that is not root.',
    type,
    bases: containers,
    path: 'User',
    expect: isNotRoot,
    absent: 'fails',
    passing: job({ User: '1000' }),
    failing: job({}),
  },
  {
    ...monitoring,
    id: 'batch-job-definition-logging',
    title: 'Batch containers send what they print off their host',
    severity: 'low',
    why: 'A log on the disk of an instance ends with the instance.',
    remedy: 'Leave LogConfiguration out, or set LogDriver to awslogs.',
    type,
    bases: containers,
    path: 'LogConfiguration.LogDriver',
    expect: isNoneOf('json-file', 'journald', 'none'),
    absent: 'passes',
    passing: job({ LogConfiguration: { LogDriver: 'awslogs' } }),
    failing: job({ LogConfiguration: { LogDriver: 'json-file' } }),
  },
  {
    ...exposed,
    id: 'batch-job-definition-no-public-address',
    title: 'Batch jobs on Fargate get no public address',
    why: 'A job with a public address stands in the internet with only its security group before it.',
    remedy: 'Leave NetworkConfiguration.AssignPublicIp out, or set it to DISABLED.',
    type,
    bases: jobs,
    path: 'NetworkConfiguration.AssignPublicIp',
    expect: isOneOf('DISABLED'),
    absent: 'passes',
    passing: job({ NetworkConfiguration: { AssignPublicIp: 'DISABLED' } }),
    failing: job({ NetworkConfiguration: { AssignPublicIp: 'ENABLED' } }),
  },
  {
    ...containment,
    id: 'batch-job-definition-no-shell',
    title: 'Batch jobs let nobody open a shell in their containers',
    why: 'A shell inside a running container reads the secrets and the data of the job.',
    remedy: 'Leave EnableExecuteCommand out, or set it to false.',
    type,
    bases: jobs,
    path: 'EnableExecuteCommand',
    expect: isOff,
    absent: 'passes',
    passing: job({ EnableExecuteCommand: false }),
    failing: job({ EnableExecuteCommand: true }),
  },
  {
    ...containment,
    id: 'batch-job-definition-processes-apart',
    title: 'Batch jobs do not see the processes of their host',
    why: 'Who sees all processes of a host reads their arguments and memory.',
    remedy: 'Leave PidMode out, or set it to task.',
    type,
    bases: tasks,
    path: 'PidMode',
    expect: isNoneOf('host'),
    absent: 'passes',
    passing: task({ PidMode: 'task' }),
    failing: task({ PidMode: 'host' }),
  },
  {
    ...containment,
    id: 'batch-job-definition-memory-apart',
    title: 'Batch jobs do not share memory with their host',
    why: 'Shared memory of the host holds what other jobs exchange there.',
    remedy: 'Leave IpcMode out, or set it to none or task.',
    type,
    bases: tasks,
    path: 'IpcMode',
    expect: isNoneOf('host'),
    absent: 'passes',
    passing: task({ IpcMode: 'task' }),
    failing: task({ IpcMode: 'host' }),
  },
  {
    ...inTransit,
    id: 'batch-job-definition-efs-encrypted-in-transit',
    title: 'Batch jobs reach their EFS volumes over TLS',
    why: 'By default files go over the network as they are.',
    remedy: 'Set EfsVolumeConfiguration.TransitEncryption to ENABLED.',
    type,
    bases: jobs.map((place) => `${place}.Volumes.*.EfsVolumeConfiguration`),
    path: 'TransitEncryption',
    expect: isOneOf('ENABLED'),
    absent: 'fails',
    passing: onFiles({ TransitEncryption: 'ENABLED' }),
    failing: onFiles({}),
  },
  {
    ...containment,
    id: 'batch-job-definition-pod-network-not-host',
    title: 'Batch pods do not share the network of their node',
    topic: 'network-exposure',
    why: 'Batch puts pods on the network of the node unless it is told not to; there they reach the credentials of the node.',
    remedy: 'Set PodProperties.HostNetwork to false.',
    type,
    bases: pods,
    path: 'HostNetwork',
    expect: isOff,
    absent: 'fails',
    passing: pod({}, { HostNetwork: false }),
    failing: pod({}),
  },
  {
    ...containment,
    id: 'batch-job-definition-pod-not-privileged',
    title: 'Batch containers on EKS are not privileged',
    severity: 'high',
    why: 'A privileged container is root on its node, and reads every other pod there.',
    remedy: 'Leave SecurityContext.Privileged out, or set it to false.',
    type,
    bases: inPods,
    path: 'SecurityContext.Privileged',
    expect: isOff,
    absent: 'passes',
    passing: pod({ Privileged: false }),
    failing: pod({ Privileged: true }),
  },
  {
    ...containment,
    id: 'batch-job-definition-pod-not-root',
    title: 'Batch containers on EKS must not run as root',
    severity: 'low',
    why: 'Root inside a container is one fault of the kernel away from root on the node.',
    remedy: 'Set SecurityContext.RunAsNonRoot to true.',
    type,
    bases: inPods,
    path: 'SecurityContext.RunAsNonRoot',
    expect: isOn,
    absent: 'fails',
    passing: pod({ RunAsNonRoot: true, RunAsUser: 1000 }),
    failing: pod({}),
  },
  {
    ...containment,
    id: 'batch-job-definition-pod-read-only-root',
    title: 'Batch containers on EKS cannot write to their own files',
    severity: 'low',
    citations: ['164.312(c)(1)'],
    why: 'An intruder who cannot write cannot leave a tool behind or change the program.',
    remedy: 'Set SecurityContext.ReadOnlyRootFilesystem to true.',
    type,
    bases: inPods,
    path: 'SecurityContext.ReadOnlyRootFilesystem',
    expect: isOn,
    absent: 'fails',
    passing: pod({ ReadOnlyRootFilesystem: true }),
    failing: pod({}),
  },
])

const environment = {
  Type: 'MANAGED',
  ComputeResources: {
    Type: 'EC2',
    MaxvCpus: 4,
    Subnets: ['subnet-11111111'],
    SecurityGroupIds: ['sg-11111111'],
    InstanceRole: 'ecsInstanceRole',
    InstanceTypes: ['optimal'],
  },
}
const environments = propertyControls([
  {
    ...hygiene,
    id: 'batch-compute-environment-no-ssh-key',
    title: 'Batch instances have no SSH key',
    why: 'One key opens every instance, and it is not written down who used it.',
    remedy: 'Leave ComputeResources.Ec2KeyPair out.',
    type: 'AWS::Batch::ComputeEnvironment',
    path: 'ComputeResources.Ec2KeyPair',
    expect: (value, deployment) => isGiven(value, deployment) === false,
    absent: 'passes',
    passing: environment,
    failing: { ...environment, ComputeResources: { ...environment.ComputeResources, Ec2KeyPair: 'key' } },
  },
])

/** Controls on AWS Batch, whatever runs the job: ECS, Fargate, several nodes, EKS. */
export const batchControls: readonly ResourceControl[] = [...rows, ...environments]
