import type { Joined } from '../across-types.ts'

/** Controls of audit, containers, builds and operations that ask the same of several types, and count as one. */
export const platformJoins: readonly Joined[] = [
  {
    id: 'cloudtrail-logging',
    title: 'Trails and event data stores of CloudTrail record events',
    of: ['cloudtrail-trail-logging', 'cloudtrail-event-data-store-ingesting'],
  },
  {
    id: 'cloudtrail-multi-region',
    title: 'CloudTrail records events of all Regions',
    of: ['cloudtrail-trail-multi-region', 'cloudtrail-event-data-store-multi-region'],
  },
  {
    id: 'cloudtrail-customer-key',
    title: 'CloudTrail encrypts events under a key that the customer manages',
    of: ['cloudtrail-trail-customer-key', 'cloudtrail-event-data-store-customer-key'],
  },
  {
    id: 'config-aggregator-every-region',
    title: 'Aggregators of Config gather from every Region',
    of: ['config-aggregator-every-region', 'config-organization-aggregator-every-region'],
  },
  {
    id: 'ecs-no-public-address',
    title: 'ECS gives tasks no public address',
    of: ['ecs-service-no-public-address', 'ecs-task-set-no-public-address'],
  },
  {
    id: 'batch-not-privileged',
    title: 'Batch containers are not privileged',
    of: ['batch-job-definition-not-privileged', 'batch-job-definition-pod-not-privileged'],
  },
  {
    id: 'batch-read-only-root',
    title: 'Batch containers cannot write to their own files',
    of: ['batch-job-definition-read-only-root', 'batch-job-definition-pod-read-only-root'],
  },
  {
    id: 'batch-user-not-root',
    title: 'Batch containers do not run as root',
    of: ['batch-job-definition-user-not-root', 'batch-job-definition-pod-not-root'],
  },
  {
    id: 'imagebuilder-customer-key',
    title: 'Image Builder encrypts its recipes and components under a key that the customer manages',
    of: ['imagebuilder-container-recipe-customer-key', 'imagebuilder-component-customer-key'],
  },
]
