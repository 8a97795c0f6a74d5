import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { checkpointFailedEvent, ledgerBrokenEvent, ledgerHoldsEvent } from '../../../lambda/ledger/checkpoint/env.ts'
import { ledgerReconciledEvent, readWithoutEntryEvent } from '../../../lambda/ledger/reconcile/env.ts'
import { escalationEvents } from '../../../lambda/service/escalation/env.ts'
import { exchangeRefusedEvent } from '../../../lambda/shared/session/env.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { answeringFunctions } from '../../config/service-concurrency.ts'
import { EventAlarm } from '../constructs/event-alarm.ts'
import { TellingAlarm } from '../constructs/telling-alarm.ts'
import type { Api } from './api/api.ts'
import type { Firewall } from './firewall/firewall.ts'
import type { ServiceFunctions } from './functions/service-functions.ts'

const fiveMinutes = Duration.minutes(5)

interface Ring {
  readonly by: readonly (keyof ServiceFunctions['byName'])[]
  readonly event: string
  readonly meaning: string
  /** Events in five minutes that ring. @default 1 */
  readonly threshold?: number
}

/** What a function logs and people are woken for, by the name of the alarm. */
const rings = {
  'call-unanswered': {
    by: ['escalation'],
    event: escalationEvents.unanswered,
    meaning: 'Nobody has acknowledged a call in the time its practice allows: a patient is waiting.',
  },
  'call-without-provider': {
    by: ['escalation'],
    event: escalationEvents.withoutProvider,
    meaning: 'A call found nobody on call with a registered number: nobody was notified of it.',
  },
  'notification-failed': {
    by: ['escalation'],
    event: escalationEvents.notificationFailed,
    meaning: 'A provider could not be notified by text or voice.',
  },
  'escalation-revived': {
    by: ['escalation'],
    event: escalationEvents.revived,
    meaning: 'An open call had no next step and was given one again: a notification came late.',
  },
  'read-budget-exceeded': {
    by: ['provider'],
    event: 'read-budget-exceeded',
    meaning: 'Somebody signed in tried to open the records of more patients than their budget allows, and was refused.',
  },
  'session-denied': {
    by: answeringFunctions,
    event: 'session-denied',
    meaning:
      'AWS refused a request of a signed-in session, or of the function that answers it: a mistake of ours, or somebody tries what is not theirs.',
  },
  // A token that has just run out is refused too, which is nobody's fault.
  'exchange-refused': {
    by: ['provider', 'patient'],
    event: exchangeRefusedEvent,
    meaning: 'At least twenty sign-ins in five minutes got no session: the exchange of tokens is broken, or somebody tries forged ones.',
    threshold: 20,
  },
  'read-without-entry': {
    by: ['ledger-reconcile'],
    event: readWithoutEntryEvent,
    meaning: 'The audit trail knows a read of patient data that the access ledger does not.',
  },
  'ledger-broken': {
    by: ['ledger-checkpoint'],
    event: ledgerBrokenEvent,
    meaning: 'The chain of an access ledger does not hold: an entry was removed, changed or forged.',
  },
  'checkpoint-failed': {
    by: ['ledger-checkpoint'],
    event: checkpointFailedEvent,
    meaning: 'The access ledger of a practice could not be checkpointed into the archive.',
  },
} as const satisfies Record<string, Ring>

/** What should be heard all the time, how often, and how many silences in a row ring. */
const heartbeats = {
  'escalation-silent': {
    by: ['escalation'],
    event: escalationEvents.swept,
    meaning: 'For five minutes escalation did not look at everything that is due: calls may wait without anybody being notified.',
    period: Duration.minutes(1),
    periods: 5,
  },
  'checkpoint-silent': {
    by: ['ledger-checkpoint'],
    event: ledgerHoldsEvent,
    meaning: 'For three hours no access ledger was checkpointed into the archive.',
    period: Duration.hours(1),
    periods: 3,
  },
  'reconcile-silent': {
    by: ['ledger-reconcile'],
    event: ledgerReconciledEvent,
    meaning: 'For two days nobody compared the reads of the audit trail with the access ledger.',
    period: Duration.days(1),
    periods: 2,
  },
} as const satisfies Record<string, Ring & { readonly period: Duration; readonly periods: number }>

/** The alarms of the service, beside those that come with its functions. */
export function serviceAlarms(
  scope: Construct,
  config: EnvironmentConfig,
  { byName }: ServiceFunctions,
  api: Api,
  firewall: Firewall,
): void {
  const made = [
    ...Object.entries(rings).map(
      ([what, ring]) => new EventAlarm(scope, { ...ring, config, what, period: fiveMinutes, ringsWhenIt: 'comes' }),
    ),
    ...Object.entries(heartbeats).map(([what, beat]) => new EventAlarm(scope, { ...beat, config, what, ringsWhenIt: 'stays-away' })),
  ]
  // A filter needs the log group, which is made with the function.
  for (const filter of made.flatMap(({ filters }) => filters)) for (const fn of Object.values(byName)) filter.node.addDependency(fn.logs)
  doorAlarms(scope, config, api, firewall)
}

function doorAlarms(scope: Construct, config: EnvironmentConfig, api: Api, firewall: Firewall): void {
  const common = { config, comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, silence: 'quiet' } as const
  const ofApi = (metricName: string) =>
    new Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensionsMap: { ApiName: api.name, Stage: api.stageName },
      statistic: Stats.SUM,
      period: fiveMinutes,
    })
  new TellingAlarm(scope, 'Failing', {
    ...common,
    what: 'api-failing',
    meaning: 'The API failed to answer at least five requests in five minutes.',
    metric: ofApi('5XXError'),
    threshold: 5,
  })
  new TellingAlarm(scope, 'Refusing', {
    ...common,
    what: 'api-refusing',
    meaning: 'The API refused at least a hundred requests in five minutes: somebody tries doors, or a client is broken.',
    metric: ofApi('4XXError'),
    threshold: 100,
  })
  new TellingAlarm(scope, 'Blocking', {
    ...common,
    what: 'waf-blocking',
    meaning:
      'The firewall before the API turned away at least five hundred requests in five minutes: an attack, a flood, or a closed service.',
    metric: new Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      dimensionsMap: { WebACL: firewall.metricName, Region: config.regions.primary, Rule: 'ALL' },
      statistic: Stats.SUM,
      period: fiveMinutes,
    }),
    threshold: 500,
  })
}
