import { describe, expect, test } from 'vitest'
import { composeAlert } from '../../../../lambda/detection/alert/compose-alert.ts'
import { readEnvelope } from '../../../../lambda/detection/alert/envelope.ts'
import { readFinding } from '../../../../lambda/detection/alert/read-finding.ts'
import { events, secret } from './events.ts'

const context = { environment: 'safe-harbor-production', runbook: 'https://github.com/example/safe-harbor#' }
const alertOf = (event: unknown) => composeAlert(readFinding(readEnvelope(event)), context)

describe('the alert of', () => {
  test.each(Object.entries(events))('%s has the form it always had', async (name, event) => {
    const { subject, body } = alertOf(event)
    await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot(`golden/${name}.txt`)
  })

  test.each(Object.entries(events))('%s quotes no free text, no name of an object and no parameter', (_name, event) => {
    const { subject, body } = alertOf(event)
    for (const word of secret.split(/[ ,]+/)) expect(`${subject}${body}`).not.toContain(word)
  })

  test.each(Object.entries(events))('%s has a subject that SNS takes', (_name, event) => {
    expect(alertOf(event).subject).toMatch(/^[A-Z][\x20-\x7e]{1,98}$/)
  })
})

test('a subject is cut to fewer than 100 characters', () => {
  const long = { ...events.guardduty, detail: { ...events.guardduty.detail, type: 'x'.repeat(300) } }
  expect(alertOf(long).subject).toHaveLength(99)
})

test.each([
  [8.9, 'HIGH'],
  [9, 'CRITICAL'],
  [7, 'HIGH'],
  [6.9, 'MEDIUM'],
  [4, 'MEDIUM'],
  [3.9, 'LOW'],
])('a GuardDuty severity of %d is %s', (severity, label) => {
  const event = { ...events.guardduty, detail: { ...events.guardduty.detail, severity } }
  expect(readFinding(readEnvelope(event)).severity).toBe(label)
})
