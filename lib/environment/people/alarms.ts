import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { cloudFormationRoleArn, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { TellingAlarm } from '../constructs/telling-alarm.ts'
import { TrailAlarm } from '../constructs/trail-alarm.ts'
import type { SignInFirewall } from './sign-in-firewall.ts'

/** Rings when the firewall refuses many: somebody tries passwords, or a practice is shut out (AWS WAF Developer Guide, "AWS WAF metrics and dimensions"). */
export const floodAlarm = (scope: Construct, config: EnvironmentConfig, firewall: SignInFirewall): TellingAlarm =>
  new TellingAlarm(scope, 'sign-in-flood', {
    config,
    what: 'sign-in-flood',
    meaning:
      'The firewall before the sign-in refused a hundred requests within five minutes: somebody tries doors, or a practice is shut out.',
    metric: new Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      dimensionsMap: { WebACL: firewall.name, Region: config.regions.primary, Rule: 'ALL' },
      statistic: Stats.SUM,
      period: Duration.minutes(5),
    }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 100,
    silence: 'quiet',
  })

/** Rings when somebody changes what decides which practice a session is for, apart from deployments of the foundation. Roles and policies ring `identity-changed`. */
export const rulesAlarm = (scope: Construct, config: EnvironmentConfig): CfnMetricFilter =>
  new TrailAlarm(scope, {
    config,
    what: 'session-rules-changed',
    meaning:
      "A person's practice, a user pool, its app, its trigger or its firewall was changed, and not by a deployment: that decides what a session opens.",
    pattern: `{ ${all(any(ofPools, ofFirewall, ofTokenFunction(config)), notDeployedBy(config))} }`,
    period: Duration.minutes(5),
  }).filter

const ofPools = all(
  is('eventSource', 'cognito-idp.amazonaws.com'),
  any(
    // The first is also that of a client and of a domain.
    ...names('UpdateUserPool*', 'DeleteUserPool', 'CreateUserPoolClient', 'SetUserPoolMfaConfig'),
    ...names('SetRiskConfiguration', 'CreateIdentityProvider', 'AdminCreateUser', 'AdminSet*', 'AdminUpdate*'),
  ),
)

// The firewall before the API is the pipeline's, and changes with the phase. A pool has one firewall: another takes the place of ours.
const ofFirewall = all(
  is('eventSource', 'wafv2.amazonaws.com'),
  any(
    all(is('eventName', '*sociateWebACL'), is('requestParameters.resourceArn', 'arn:aws:cognito-idp:*')),
    all(is('eventName', 'UpdateWebACL'), is('requestParameters.name', '*-sign-in')),
  ),
)

// Lambda's events carry the version of the interface in their names.
const ofTokenFunction = (config: EnvironmentConfig): string =>
  all(
    is('eventSource', 'lambda.amazonaws.com'),
    // Code and configuration.
    is('eventName', 'UpdateFunctionCo*'),
    is('requestParameters.functionName', `*${nameOf(config, 'token')}`),
  )

function notDeployedBy({ accounts, regions }: EnvironmentConfig): string {
  const issuer = 'userIdentity.sessionContext.sessionIssuer.arn'
  const foundation = cloudFormationRoleArn(accounts.workload, regions.primary, 'foundation')
  return any(`($.${issuer} NOT EXISTS)`, `($.${issuer} != "${foundation}")`)
}

function is(field: string, value: string): string {
  return `($.${field} = "${value}")`
}
function names(...values: string[]): string[] {
  return values.map((value) => is('eventName', value))
}
function all(...parts: string[]): string {
  return `(${parts.join(' && ')})`
}
function any(...parts: string[]): string {
  return `(${parts.join(' || ')})`
}
