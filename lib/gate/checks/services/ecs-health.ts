import type { ResourceControl } from '../control.ts'
import { isGiven } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { availability, hygiene } from './safeguards.ts'

const task = (container: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) => ({
  Family: 'records',
  ContainerDefinitions: [
    { Name: 'records', Image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/records:1.4.2', Memory: 512, ...container },
  ],
  ...more,
})

/** Controls on whether ECS notices that a container no longer answers, and on the role that a task has. */
export const ecsHealthControls: readonly ResourceControl[] = propertyControls([
  {
    ...availability,
    severity: 'low',
    id: 'ecs-task-definition-health-check',
    title: 'ECS containers say how their health is checked',
    why: 'A process that hangs still runs: without a check nothing replaces it.',
    remedy: 'Set HealthCheck of each container.',
    type: 'AWS::ECS::TaskDefinition',
    path: 'ContainerDefinitions.*.HealthCheck.Command',
    expect: isGiven,
    absent: 'fails',
    passing: task({ HealthCheck: { Command: ['CMD-SHELL', 'curl -f http://localhost/health || exit 1'] } }),
    failing: task({}),
  },
  {
    ...hygiene,
    topic: 'iam-privilege',
    id: 'ecs-task-definition-task-role',
    title: 'ECS tasks have a role of their own',
    why: 'A task without a role finds other ways to AWS: keys in its image or settings, or the role of the machine that it runs on.',
    remedy: 'Set TaskRoleArn to a role for this task.',
    type: 'AWS::ECS::TaskDefinition',
    path: 'TaskRoleArn',
    expect: isGiven,
    absent: 'fails',
    passing: task({}, { TaskRoleArn: 'arn:aws:iam::111122223333:role/records' }),
    failing: task({}),
  },
  {
    ...availability,
    severity: 'low',
    id: 'ecs-service-load-balancer',
    title: 'ECS services stand behind a load balancer or a service mesh',
    why: 'Without one, callers hold the address of a single task, and fail with it.',
    remedy: 'Set LoadBalancers, or ServiceConnectConfiguration.',
    type: 'AWS::ECS::Service',
    path: 'LoadBalancers',
    expect: isGiven,
    absent: 'fails',
    when: [
      { path: 'ServiceConnectConfiguration', expect: () => false, absent: 'applies' },
      { path: 'VpcLatticeConfigurations', expect: () => false, absent: 'applies' },
    ],
    passing: {
      TaskDefinition: 'records:1',
      LoadBalancers: [
        {
          ContainerName: 'records',
          ContainerPort: 8443,
          TargetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/records/0123456789abcdef',
        },
      ],
    },
    failing: { TaskDefinition: 'records:1' },
  },
])
