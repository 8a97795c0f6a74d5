import { Duration } from 'aws-cdk-lib'
import { CfnRole } from 'aws-cdk-lib/aws-iam'
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda'
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import { sweepEvent } from '../../../lambda/service/escalation/env.ts'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { LeastFunction } from '../constructs/least-function.ts'
import { LeastPolicy } from '../constructs/least-policy.ts'
import type { ServiceFunctionName } from './functions/permissions.ts'

interface Rhythm {
  /** What the schedule does, the end of a sentence that begins with its name. */
  readonly description: string
  readonly expression: string
  readonly input: object
  /** How often a run that failed is tried again, and for how long. */
  readonly retries: number
  readonly patience: Duration
}

const rhythms = {
  escalation: {
    description: 'Looks every minute for calls whose next step is due.',
    expression: 'rate(1 minute)',
    input: sweepEvent,
    // The next minute tries again by itself.
    retries: 0,
    patience: Duration.minutes(1),
  },
  'ledger-checkpoint': {
    description: 'Checkpoints the access ledger every hour.',
    expression: 'rate(1 hour)',
    input: {},
    retries: 2,
    patience: Duration.hours(1),
  },
  'ledger-reconcile': {
    description: 'Compares the audit trail with the access ledger every day, when the trail has delivered the day before.',
    expression: 'cron(0 3 * * ? *)',
    input: {},
    retries: 2,
    patience: Duration.hours(6),
  },
} as const satisfies Partial<Record<ServiceFunctionName, Rhythm>>

type Scheduled = keyof typeof rhythms
const scheduled = Object.keys(rhythms) as Scheduled[]

/**
 * What happens by the clock. EventBridge Scheduler hands an event over and is done; what it cannot hand over waits in the function's dead-letter queue, and what a run
 * could not do is the function's retries' to mend. The input is a constant, and stands under a key of the service.
 */
export class Schedules extends Construct {
  constructor(
    scope: Construct,
    id: string,
    config: EnvironmentConfig,
    functions: Readonly<Record<Scheduled, LeastFunction>>,
    queueKeyArn: string,
  ) {
    super(scope, id)
    const group = new CfnScheduleGroup(this, 'Group', { name: nameOf(config, 'service') })
    const role = schedulerRole(this, config, functions, queueKeyArn)
    for (const what of scheduled) {
      const { description, expression, input, retries, patience } = rhythms[what]
      const schedule = new CfnSchedule(this, what, {
        name: nameOf(config, what),
        groupName: nameOf(config, 'service'),
        description,
        scheduleExpression: expression,
        scheduleExpressionTimezone: 'UTC',
        flexibleTimeWindow: { mode: 'OFF' },
        state: 'ENABLED',
        target: {
          arn: functions[what].function.functionArn,
          roleArn: role.attrArn,
          input: JSON.stringify(input),
          deadLetterConfig: { arn: functions[what].deadLetterQueue.queueArn },
          retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: patience.toSeconds() },
        },
      })
      schedule.addResourceDependency(group)
      new CfnEventInvokeConfig(this, `${what}-retries`, {
        functionName: functions[what].function.functionName,
        qualifier: '$LATEST',
        maximumRetryAttempts: retries,
        maximumEventAgeInSeconds: patience.toSeconds(),
      })
    }
  }
}

function schedulerRole(
  scope: Construct,
  config: EnvironmentConfig,
  functions: Readonly<Record<Scheduled, LeastFunction>>,
  queueKeyArn: string,
): CfnRole {
  const what = 'service-schedules'
  const policy = new LeastPolicy(scope, 'Policy', {
    name: nameOf(config, what),
    description: 'Lets EventBridge Scheduler invoke what runs by the clock.',
    permissions: [
      {
        sid: 'InvokeWhatRunsByTheClock',
        actions: ['lambda:InvokeFunction'],
        resources: scheduled.map((name) => functions[name].function.functionArn),
      },
      {
        sid: 'LeaveWhatCannotBeHandedOver',
        actions: ['sqs:SendMessage'],
        resources: scheduled.map((name) => functions[name].deadLetterQueue.queueArn),
      },
      {
        sid: 'EncryptWhatIsLeft',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [queueKeyArn],
        conditions: { StringEquals: { 'kms:ViaService': `sqs.${config.regions.primary}.amazonaws.com` } },
      },
    ],
  })
  const { accounts, regions } = config
  return new CfnRole(scope, 'Role', {
    roleName: nameOf(config, what),
    description: 'Held by EventBridge Scheduler for the schedules of this environment.',
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'SchedulesOfThisEnvironment',
          Effect: 'Allow',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Action: 'sts:AssumeRole',
          // Amazon EventBridge Scheduler User Guide, "Confused deputy prevention": the source is the group.
          Condition: {
            StringEquals: {
              'aws:SourceAccount': accounts.workload,
              'aws:SourceArn': `arn:aws:scheduler:${regions.primary}:${accounts.workload}:schedule-group/${nameOf(config, 'service')}`,
            },
          },
        },
      ],
    },
    managedPolicyArns: [policy.managedPolicyArn],
  })
}
