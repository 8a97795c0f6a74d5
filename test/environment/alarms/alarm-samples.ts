import type { Sample } from './evaluate-alarm.ts'

/** What an alarm is shown. */
export interface AlarmSamples {
  /** It must ring. */
  readonly rings: Sample
  /** It must not. */
  readonly calm: Sample
}

/** An event that should never come: it rings at the first one, and silence is good news. */
const neverComes: AlarmSamples = { rings: [[1]], calm: [[]] }
/** A count that a service reports all the time, zero when all is well. */
const staysZero: AlarmSamples = { rings: [[0, 0, 1]], calm: [[0, 0, 0]] }

/** A log that something writes to all the time: any event is enough, none is not. */
const alwaysSpeaks: AlarmSamples = { rings: [[]], calm: [[240]] }
/** Something that must happen at least once in so many periods. */
const onceIn = (periods: number): AlarmSamples => ({
  rings: Array.from({ length: periods }, () => []),
  calm: [[1], ...Array.from({ length: periods - 1 }, () => [])],
})

/** Samples of every alarm, by its `what`. An alarm without a row fails the test, and so does a row without an alarm. */
export const alarmSamples: Readonly<Record<string, AlarmSamples>> = {
  'access-analyzer-switched-off': neverComes,
  'alarms-switched-off': neverComes,
  'alert-dead-letters': staysZero,
  'alert-errors': staysZero,
  'alert-function-changed': neverComes,
  // Three checks a quarter of an hour. One silent quarter may be chance; two are not, and no data at all is silence too.
  'alert-path-silent': { rings: [[1, 1, 1], [], []], calm: [[1, 1, 1], [], [1, 1]] },
  'alert-routes-changed': neverComes,
  'alert-routes-failed': neverComes,
  'alerts-topic-changed': neverComes,
  'alerts-undelivered': neverComes,
  // One failure is a hiccup; five in five minutes are not.
  'api-failing': { rings: [[1, 0, 1, 1, 2]], calm: [[0, 1, 0]] },
  'api-refusing': { rings: [[60, 50]], calm: [[3, 0, 12]] },
  'backup-job-expired': neverComes,
  'backup-job-failed': neverComes,
  'boundary-changed': neverComes,
  'break-glass-used': neverComes,
  'call-unanswered': neverComes,
  'call-without-provider': neverComes,
  'checkpoint-failed': neverComes,
  'checkpoint-silent': onceIn(3),
  'config-switched-off': neverComes,
  'copy-job-failed': neverComes,
  // Somebody tries doors: one refusal is a mistake, ten in five minutes are not.
  'denied-access': { rings: [Array.from({ length: 10 }, () => 1)], calm: [[1, 1, 1]] },
  'dns-logs-quiet': alwaysSpeaks,
  'dns-refused': neverComes,
  'escalation-dead-letters': staysZero,
  'escalation-errors': staysZero,
  'escalation-revived': neverComes,
  'escalation-silent': onceIn(5),
  // A token that runs out is refused now and then; twenty in five minutes are not chance.
  'exchange-refused': { rings: [Array.from({ length: 20 }, () => 1)], calm: [[1, 1, 1]] },
  'flow-logs-quiet': alwaysSpeaks,
  'guardduty-switched-off': neverComes,
  'identity-changed': neverComes,
  'intake-dead-letters': staysZero,
  'intake-errors': staysZero,
  'key-policy-changed': neverComes,
  'ledger-broken': neverComes,
  'ledger-checkpoint-dead-letters': staysZero,
  'ledger-checkpoint-errors': staysZero,
  'ledger-reconcile-dead-letters': staysZero,
  'ledger-reconcile-errors': staysZero,
  'macie-switched-off': neverComes,
  'network-denied': neverComes,
  'no-recovery-point-in-24h': onceIn(24),
  'notification-failed': neverComes,
  'patient-dead-letters': staysZero,
  'patient-errors': staysZero,
  'provider-dead-letters': staysZero,
  'provider-errors': staysZero,
  'read-budget-exceeded': neverComes,
  'read-without-entry': neverComes,
  'reconcile-silent': onceIn(2),
  'restore-job-failed': neverComes,
  'restore-test-dead-letters': staysZero,
  'restore-test-errors': staysZero,
  'restore-test-failed': neverComes,
  'restore-test-quiet': onceIn(7),
  'root-user-activity': neverComes,
  'security-hub-switched-off': neverComes,
  'session-denied': neverComes,
  'session-rules-changed': neverComes,
  // A bot is refused now and then; a hundred times within five minutes it is somebody with a list.
  'sign-in-flood': { rings: [[40, 70]], calm: [[10, 20, 5]] },
  'token-dead-letters': staysZero,
  'token-errors': staysZero,
  'trail-changed': neverComes,
  'trail-filters-removed': neverComes,
  'trail-quiet': alwaysSpeaks,
  // A scanner now and then is blocked some dozens of times.
  'waf-blocking': { rings: [[300, 250]], calm: [[20, 0, 40]] },
}
