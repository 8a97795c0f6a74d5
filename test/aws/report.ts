import type { EmulatedEnvironment } from './environment.ts'
import { refusedForms, unknownTypes } from './unsupported.ts'

const shown = [
  'All stacks of a trial deploy through CloudFormation, but for what is listed above, and their references and names fit together.',
  'Functions run from their bundles, on the variables their stack gives them, with AWS clients that speak to what the stacks made.',
  'The API answers on its routes: authorizers judge issuer, signature and scope of tokens, models judge bodies, and refusals have our words.',
  'Accounts are made by an administrator; password, new password, authenticator app and the claims of the token function work together.',
  'A call is sealed, stored and routed; the stream of the routing table tells escalation at once, the sweep later; acknowledging ends it.',
  'Conditions, transactions and queries of DynamoDB behave as the service needs; KMS refuses another encryption context.',
  'Offline stops the functions within a second, checkpoints reach the archive locked, the ledger verifies, and a read without an entry rings.',
]

const notShown = [
  'Who may do what: policies of roles, keys, buckets, tables and endpoints, boundaries, trust, session tags. The cases in test/environment/access decide those.',
  'The exchange of a token by AWS STS: here any token gets credentials. lambda/shared/session is tested, and the embedded server verifies tokens.',
  'Choice-based sign-in, passkeys, threat protection, and the second factor of somebody who has not enrolled one.',
  'Firewalls, network isolation, endpoints, DNS; encryption at rest; backup locks; the audit trail, whose events the test puts by hand; alarms, and the JSON form of log lines that they read.',
  'What callers of a closed service read: API Gateway turns a function that may not run into our 503, and the emulator hands on 429.',
  'Text and voice messages beyond the request to send them, and the clock of EventBridge Scheduler: sweeps and checkpoints are invoked by the test.',
]

/** What a run on the emulator shows and what it does not, in plain text. */
export function reportOf({ deployed, settings }: EmulatedEnvironment, seconds: number): string {
  const types = new Set(deployed.map(({ type }) => type))
  return [
    `Synthesized, bundled and deployed to MiniStack in ${seconds.toFixed(0)} seconds: ${deployed.length} resources of ${types.size} types.`,
    list('Left out of the templates, as its CloudFormation does not take them', [...unknownTypes, ...refusedForms.map(({ what }) => what)]),
    list('Set after the deployment', settings),
    list('This run shows', shown),
    list('This run does not show', notShown),
  ].join('\n\n')
}

const list = (title: string, lines: readonly string[]): string => [`${title}:`, ...lines.map((line) => `  - ${line}`)].join('\n')
