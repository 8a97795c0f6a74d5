/** Environment variables of the alert function; the detection stack sets each one. */
export const alertEnvironment = {
  /** Start of every name of this environment, `safe-harbor-production`; it tells the reader of an alert where it comes from. */
  environment: 'ENVIRONMENT',
  /** ARN of the topic alerts go to. */
  topicArn: 'ALERTS_TOPIC_ARN',
  /** Name of the table that remembers what was sent. */
  repeatsTable: 'ALERT_REPEATS_TABLE',
  /** Address of the runbook up to and including `#`; the section is appended. */
  runbook: 'RUNBOOK_URL',
} as const

/** Source and detail type of the event that checks the path from the rule to the function; the schedule of the detection stack sends it. */
export const pathCheck = { source: 'safe-harbor.path-check', detailType: 'Alert Path Check' } as const

/** What the function logs when a path check arrives; the metric behind the alarm `alert-path-silent` counts it. */
export const pathCheckedEvent = 'alert-path-checked'

/** Sections of the runbook that an alert can point to, by the source of the finding. */
export const alertSections = {
  guardduty: 'alert-guardduty',
  securityHub: 'alert-security-hub',
  macie: 'alert-macie',
  accessAnalyzer: 'alert-access-analyzer',
  config: 'alert-config',
  tampering: 'alert-detector-tampering',
  unknown: 'alert-unknown',
} as const
