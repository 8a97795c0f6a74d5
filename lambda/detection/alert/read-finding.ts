import type { Envelope } from './envelope.ts'
import { type Finding, plain, withoutObjectKey } from './finding.ts'
import { readerOf } from './readers/index.ts'

/** What an event says. A shape nobody expected is a finding too: it is told as `unknown` rather than dropped. */
export function readFinding(event: Envelope | undefined): Finding {
  if (event === undefined) return shapeless
  return plainly(readerOf(event)?.(event) ?? unknownFinding(event))
}

const shapeless: Finding = {
  origin: 'unknown',
  kind: 'an event without an envelope',
  severity: 'UNKNOWN',
  account: '-',
  region: '-',
  resource: '-',
  time: '-',
  reference: 'the log group of the alert function',
  identity: 'unknown/shapeless',
}

const unknownFinding = (event: Envelope): Finding => ({
  origin: 'unknown',
  kind: `${event.source}, ${event['detail-type']}`,
  severity: 'UNKNOWN',
  account: event.account,
  region: event.region,
  resource: '-',
  time: event.time,
  reference: `event ${event.id}`,
  identity: `unknown/${event.id}`,
})

const plainly = (finding: Finding): Finding => ({
  ...finding,
  kind: plain(finding.kind),
  account: plain(finding.account),
  region: plain(finding.region),
  resource: plain(withoutObjectKey(finding.resource)),
  time: plain(finding.time),
  reference: plain(finding.reference),
})
