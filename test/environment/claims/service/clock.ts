import { expect } from 'vitest'
import { nameOf, policyArn } from '../../../../lib/config/names.ts'
import type { Claim } from '../claim.ts'
import { expectStatements, permission } from '../policies.ts'
import { onlyOne, outputOf, resourceWith } from '../resources.ts'
import { attribute, exactly, idOf, ref } from './parts.ts'

/** What runs by the clock: sentence, rhythm, input, retries of the function, seconds until it is given up. */
const rhythms = [
  ['escalation', 'Looks every minute for calls whose next step is due.', 'rate(1 minute)', '{"sweep":true}', 0, 60],
  ['ledger-checkpoint', 'Checkpoints the access ledger every hour.', 'rate(1 hour)', '{}', 2, 3600],
  [
    'ledger-reconcile',
    'Compares the audit trail with the access ledger every day, when the trail has delivered the day before.',
    'cron(0 3 * * ? *)',
    '{}',
    2,
    21_600,
  ],
] as const

/** Escalation never stops silently: the stream tells it at once, and the clock every minute. */
export const clockClaims: readonly Claim[] = [
  exactly('The schedules stand together', 'AWS::Scheduler::ScheduleGroup', (config) => [{ Name: nameOf(config, 'service') }]),
  exactly('Escalation, checkpoints and comparison run by the clock', 'AWS::Scheduler::Schedule', (config, template) =>
    rhythms.map(([name, Description, ScheduleExpression, Input, , patience]) => ({
      Name: nameOf(config, name),
      GroupName: nameOf(config, 'service'),
      Description,
      ScheduleExpression,
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      Target: {
        Arn: attribute(template, 'Arn', 'AWS::Lambda::Function', 'FunctionName', nameOf(config, name)),
        RoleArn: attribute(template, 'Arn', 'AWS::IAM::Role', 'RoleName', nameOf(config, 'service-schedules')),
        Input,
        DeadLetterConfig: { Arn: attribute(template, 'Arn', 'AWS::SQS::Queue', 'QueueName', nameOf(config, `${name}-dead-letters`)) },
        RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: patience },
      },
    })),
  ),
  exactly('What failed is tried again as long as it makes sense', 'AWS::Lambda::EventInvokeConfig', (config, template) =>
    rhythms.map(([name, , , , MaximumRetryAttempts, MaximumEventAgeInSeconds]) => ({
      FunctionName: ref(template, 'AWS::Lambda::Function', 'FunctionName', nameOf(config, name)),
      Qualifier: '$LATEST',
      MaximumRetryAttempts,
      MaximumEventAgeInSeconds,
    })),
  ),
  exactly('A call that becomes due is told to escalation at once', 'AWS::Lambda::EventSourceMapping', (config, template) => [
    {
      FunctionName: ref(template, 'AWS::Lambda::Function', 'FunctionName', nameOf(config, 'escalation')),
      EventSourceArn: outputOf(config, 'records', 'Routing', 'StreamArn'),
      Enabled: true,
      StartingPosition: 'LATEST',
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"suffix":"#due"}]}}}}' }] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 300,
      DestinationConfig: {
        OnFailure: { Destination: attribute(template, 'Arn', 'AWS::SQS::Queue', 'QueueName', nameOf(config, 'escalation-dead-letters')) },
      },
    },
  ]),
  {
    stack: 'service',
    says: 'The clock may invoke those three functions and leave what it cannot hand over; nobody but our schedules holds its role',
    check: (template, config) => {
      const name = nameOf(config, 'service-schedules')
      const functions = rhythms.map(([what]) => attribute(template, 'Arn', 'AWS::Lambda::Function', 'FunctionName', nameOf(config, what)))
      const queues = rhythms.map(([what]) =>
        attribute(template, 'Arn', 'AWS::SQS::Queue', 'QueueName', nameOf(config, `${what}-dead-letters`)),
      )
      const { PolicyDocument, ...policy } = resourceWith(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', name).Properties
      expect(policy).toEqual({
        ManagedPolicyName: name,
        Path: '/',
        Description: 'Lets EventBridge Scheduler invoke what runs by the clock.',
      })
      expectStatements(PolicyDocument, [
        permission('InvokeWhatRunsByTheClock', ['lambda:InvokeFunction'], functions),
        permission('LeaveWhatCannotBeHandedOver', ['sqs:SendMessage'], queues),
        permission('EncryptWhatIsLeft', ['kms:Decrypt', 'kms:GenerateDataKey'], [outputOf(config, 'keys', 'NotificationsKey')], {
          StringEquals: { 'kms:ViaService': `sqs.${config.regions.primary}.amazonaws.com` },
        }),
      ])
      const group = `arn:aws:scheduler:${config.regions.primary}:${config.accounts.workload}:schedule-group/${nameOf(config, 'service')}`
      expect(resourceWith(template, 'AWS::IAM::Role', 'RoleName', name).Properties).toEqual({
        RoleName: name,
        Description: 'Held by EventBridge Scheduler for the schedules of this environment.',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'SchedulesOfThisEnvironment',
              Effect: 'Allow',
              Principal: { Service: 'scheduler.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:SourceAccount': config.accounts.workload, 'aws:SourceArn': group } },
            },
          ],
        },
        ManagedPolicyArns: [{ Ref: idOf(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', name) }],
        PermissionsBoundary: policyArn(config, 'workload', 'workload-boundary'),
      })
      expect(onlyOne(template, 'AWS::Lambda::EventSourceMapping').DependsOn).toContain(
        idOf(template, 'AWS::IAM::Role', 'RoleName', nameOf(config, 'escalation')),
      )
    },
  },
]
