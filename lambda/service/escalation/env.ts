/** Environment variables of the escalation function; the service stack sets each one. */
export const escalationEnvironment = {
  /** Ids of all practices, as a JSON list; the sweep looks at each. */
  practices: 'PRACTICES',
  /** Name of the table of routing data; the function reaches no other. */
  routingTable: 'ROUTING_TABLE',
  /** Id or ARN of the number or pool that notifications come from. */
  originationIdentity: 'ORIGINATION_IDENTITY',
  /** Name of the configuration set whose event destination learns what became of each message. */
  configurationSet: 'CONFIGURATION_SET',
} as const

/** What the schedule sends every minute: look at everything that is due. */
export const sweepEvent = { sweep: true } as const

/** What the function logs and the service stack watches, by the name of the alarm. */
export const escalationEvents = {
  /** Nobody has acknowledged a call in time; told again every few minutes until somebody does. */
  unanswered: 'call-unanswered',
  /** A step found nobody with a registered number, neither on call nor as a backup. */
  withoutProvider: 'call-without-provider',
  /** A message was not taken, or was begun several times without an answer. */
  notificationFailed: 'notification-failed',
  /** An open call had no next step, and has one again. It should never happen. */
  revived: 'escalation-revived',
  /** Everything that is due has been looked at; its absence rings as `escalation-silent`. */
  swept: 'escalation-swept',
  /** A part of a run failed; what failed stays due. */
  failed: 'escalation-failed',
  /** A run had no time for all that is due; the next one goes on. */
  behind: 'escalation-behind',
} as const
