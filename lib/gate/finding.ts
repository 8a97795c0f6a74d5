import { allControls } from './checks/all-controls.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Finding, Found } from './verdict.ts'

const texts = new Map(allControls.map((control) => [control.id, control]))

/** A finding with its control's title and severity, and its fingerprint. A rule of another pack has its own words in the message. */
export function completed(found: Found): Finding {
  const text = texts.get(found.control)
  // Name by name: an assembly has tens of thousands of findings, and objects of one shape are small and quick.
  return {
    control: found.control,
    topic: found.topic,
    status: found.status,
    resource: found.resource,
    property: found.property,
    value: found.value,
    file: found.file,
    line: found.line,
    message: found.message,
    when: found.when,
    remedy: found.remedy,
    citations: found.citations,
    title: text?.title ?? found.message,
    severity: text?.severity ?? 'high',
    fingerprint: fingerprintOf(found),
  }
}
