import { expect } from 'vitest'
import { nameOf } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import { type Claim, resourcesOf } from '../claim.ts'
import { functionAlarms } from '../least-function-claims.ts'
import { resourceWith } from '../resources.ts'
import { tellingAlarm } from '../telling-alarm.ts'
import { exactly } from './parts.ts'

/** Alarm, functions whose logs it reads, event, what it means, and how many events ring; one by itself where nothing is said. */
const rings = [
  [
    'call-unanswered',
    ['escalation'],
    'call-unanswered',
    'Nobody has acknowledged a call in the time its practice allows: a patient is waiting.',
  ],
  [
    'call-without-provider',
    ['escalation'],
    'call-without-provider',
    'A call found nobody on call with a registered number: nobody was notified of it.',
  ],
  ['notification-failed', ['escalation'], 'notification-failed', 'A provider could not be notified by text or voice.'],
  [
    'escalation-revived',
    ['escalation'],
    'escalation-revived',
    'An open call had no next step and was given one again: a notification came late.',
  ],
  [
    'read-budget-exceeded',
    ['provider'],
    'read-budget-exceeded',
    'Somebody signed in tried to open the records of more patients than their budget allows, and was refused.',
  ],
  [
    'session-denied',
    ['intake', 'provider', 'patient'],
    'session-denied',
    'AWS refused a request of a signed-in session, or of the function that answers it: a mistake of ours, or somebody tries what is not theirs.',
  ],
  [
    'exchange-refused',
    ['provider', 'patient'],
    'exchange-refused',
    'At least twenty sign-ins in five minutes got no session: the exchange of tokens is broken, or somebody tries forged ones.',
    20,
  ],
  [
    'read-without-entry',
    ['ledger-reconcile'],
    'read-without-entry',
    'The audit trail knows a read of patient data that the access ledger does not.',
  ],
  [
    'ledger-broken',
    ['ledger-checkpoint'],
    'ledger-broken',
    'The chain of an access ledger does not hold: an entry was removed, changed or forged.',
  ],
  [
    'checkpoint-failed',
    ['ledger-checkpoint'],
    'ledger-checkpoint-failed',
    'The access ledger of a practice could not be checkpointed into the archive.',
  ],
] as const

/** The same for what should be heard all the time, with the seconds of a period and the periods in a row. */
const heartbeats = [
  [
    'escalation-silent',
    ['escalation'],
    'escalation-swept',
    'For five minutes escalation did not look at everything that is due: calls may wait without anybody being notified.',
    60,
    5,
  ],
  [
    'checkpoint-silent',
    ['ledger-checkpoint'],
    'ledger-holds',
    'For three hours no access ledger was checkpointed into the archive.',
    3600,
    3,
  ],
  [
    'reconcile-silent',
    ['ledger-reconcile'],
    'ledger-reconciled',
    'For two days nobody compared the reads of the audit trail with the access ledger.',
    86_400,
    2,
  ],
] as const

const functions = ['intake', 'provider', 'patient', 'escalation', 'ledger-checkpoint', 'ledger-reconcile']
const namespace = ({ name }: EnvironmentConfig) => `SafeHarbor/${name}`

/** Dimensions, threshold and meaning of the alarms on the door. */
const doors = (config: EnvironmentConfig) =>
  [
    [
      'api-failing',
      'The API failed to answer at least five requests in five minutes.',
      { Namespace: 'AWS/ApiGateway', MetricName: '5XXError', Threshold: 5 },
      { ApiName: nameOf(config, 'on-call'), Stage: config.name },
    ],
    [
      'api-refusing',
      'The API refused at least a hundred requests in five minutes: somebody tries doors, or a client is broken.',
      { Namespace: 'AWS/ApiGateway', MetricName: '4XXError', Threshold: 100 },
      { ApiName: nameOf(config, 'on-call'), Stage: config.name },
    ],
    [
      'waf-blocking',
      'The firewall before the API turned away at least five hundred requests in five minutes: an attack, a flood, or a closed service.',
      { Namespace: 'AWS/WAFV2', MetricName: 'BlockedRequests', Threshold: 500 },
      { Region: config.regions.primary, Rule: 'ALL', WebACL: nameOf(config, 'api') },
    ],
  ] as const

const alarm = (says: string, what: string, expected: (config: EnvironmentConfig) => Readonly<Record<string, unknown>>): Claim => ({
  stack: 'service',
  says,
  check: (template, config) =>
    expect(resourceWith(template, 'AWS::CloudWatch::Alarm', 'AlarmName', nameOf(config, what)).Properties).toEqual(expected(config)),
})

/** What rings, and what rings when it is not heard. */
export const alarmClaims: readonly Claim[] = [
  ...rings.map(([what, , , meaning, Threshold = 1]) =>
    alarm(`The alarm ${what} rings ${Threshold === 1 ? 'at the first event' : `at ${Threshold} events`}`, what, (config) =>
      tellingAlarm(config, what, meaning, { Namespace: namespace(config), MetricName: what, Statistic: 'Sum', Period: 300, Threshold }),
    ),
  ),
  ...heartbeats.map(([what, , , meaning, Period, periods]) =>
    alarm(`The alarm ${what} rings when its event stays away`, what, (config) =>
      tellingAlarm(config, what, meaning, {
        Namespace: namespace(config),
        MetricName: what,
        Statistic: 'Sum',
        Period,
        ComparisonOperator: 'LessThanThreshold',
        EvaluationPeriods: periods,
        DatapointsToAlarm: periods,
        TreatMissingData: 'breaching',
      }),
    ),
  ),
  ...['api-failing', 'api-refusing', 'waf-blocking'].map((what) =>
    alarm(`The alarm ${what} rings when the door is in trouble`, what, (config) => {
      const [, meaning, metric, dimensions] = doors(config).find(([name]) => name === what) ?? []
      return tellingAlarm(config, what, meaning ?? '', {
        ...metric,
        Statistic: 'Sum',
        Period: 300,
        Dimensions: Object.entries(dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
      })
    }),
  ),
  exactly('Each of those events is counted in the log of the function that writes it', 'AWS::Logs::MetricFilter', (config) =>
    [...rings, ...heartbeats].flatMap(([what, functions, event]) =>
      functions.map((by) => ({
        FilterName: nameOf(config, what),
        LogGroupName: `/safe-harbor/${config.name}/${by}`,
        FilterPattern: `{ $.message.event = "${event}" }`,
        MetricTransformations: [{ MetricNamespace: namespace(config), MetricName: what, MetricValue: '1' }],
      })),
    ),
  ),
  {
    stack: 'service',
    says: 'The service has these alarms and no others, and counts nothing before the logs are there',
    check: (template, config) => {
      const names = Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties['AlarmName'])
      const wanted = [...rings.map(([what]) => what), ...heartbeats.map(([what]) => what), ...doors(config).map(([what]) => what)]
      expect(names.toSorted()).toEqual([...wanted, ...functions.flatMap(functionAlarms)].map((what) => nameOf(config, what)).toSorted())
      const logs = Object.entries(resourcesOf(template, 'AWS::Logs::LogGroup')).filter(([id]) => id.startsWith('Functions'))
      for (const { DependsOn } of Object.values(resourcesOf(template, 'AWS::Logs::MetricFilter')))
        expect(DependsOn).toEqual(expect.arrayContaining(logs.map(([id]) => id)))
    },
  },
]
