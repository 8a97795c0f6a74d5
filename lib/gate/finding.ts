import { allControls } from './checks/all-controls.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Finding, Found } from './verdict.ts'

const texts = new Map(allControls.map((control) => [control.id, control]))

/** A finding with its control's title and severity, and its fingerprint. A rule of another pack has its own words in the message. */
export function completed(found: Found): Finding {
  const text = texts.get(found.control)
  return { ...found, title: text?.title ?? found.message, severity: text?.severity ?? 'high', fingerprint: fingerprintOf(found) }
}
