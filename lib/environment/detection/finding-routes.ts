import { CfnRule } from 'aws-cdk-lib/aws-events'
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { pathCheck } from '../../../lambda/detection/alert/env.ts'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { LeastFunction } from '../constructs/least-function.ts'
import { allowOn } from '../constructs/resource-statements.ts'
import { routes } from './routes.ts'

/** What the schedule that checks the path is called in names. */
const pathCheckRule = 'route-path-check'

/** Names of all rules that end at the alert function. */
export const ruleNames = (config: EnvironmentConfig): readonly string[] =>
  [...routes(config).map(({ what }) => what), pathCheckRule].map((what) => nameOf(config, what))

/** Carries findings to the alert function; what cannot be delivered within a day waits in the function's dead-letter queue. */
export function findingRoutes(scope: Construct, config: EnvironmentConfig, alert: LeastFunction): void {
  for (const { what, says, pattern } of routes(config))
    carry(scope, config, alert, what, { description: says, eventPattern: pattern, targets: [targetOf(alert)] })
  carry(scope, config, alert, pathCheckRule, {
    description: 'Checks the path of alerts every five minutes; the function logs that it heard.',
    scheduleExpression: 'rate(5 minutes)',
    targets: [{ ...targetOf(alert), input: JSON.stringify(pathCheckEvent(config)) }],
  })
  alert.deadLetterQueue.addToResourcePolicy(rulesMayQueue(config, alert.deadLetterQueue.queueArn))
}

type RuleProps = ConstructorParameters<typeof CfnRule>[2]

function carry(scope: Construct, config: EnvironmentConfig, alert: LeastFunction, what: string, props: NonNullable<RuleProps>): void {
  const rule = new CfnRule(scope, what, { ...props, name: nameOf(config, what), state: 'ENABLED' })
  new CfnPermission(scope, `${what}-invokes`, {
    action: 'lambda:InvokeFunction',
    functionName: alert.function.functionArn,
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
    sourceAccount: config.accounts.workload,
  })
}

const targetOf = (alert: LeastFunction): CfnRule.TargetProperty => ({
  id: 'alert',
  arn: alert.function.functionArn,
  deadLetterConfig: { arn: alert.deadLetterQueue.queueArn },
  retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
})

const pathCheckEvent = ({ accounts, regions }: EnvironmentConfig) => ({
  id: 'path-check',
  source: pathCheck.source,
  'detail-type': pathCheck.detailType,
  account: accounts.workload,
  region: regions.primary,
  time: '-',
  detail: {},
})

// Amazon EventBridge User Guide, "Using dead-letter queues to process undelivered events".
const rulesMayQueue = (config: EnvironmentConfig, queue: string): PolicyStatement =>
  allowOn('RulesLeaveWhatTheyCannotDeliver', { Service: 'events.amazonaws.com' }, ['sqs:SendMessage'], queue, {
    ArnLike: { 'aws:SourceArn': `arn:aws:events:${config.regions.primary}:${config.accounts.workload}:rule/${nameOf(config, '*')}` },
  })
