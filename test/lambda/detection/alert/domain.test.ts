import { beforeEach, describe, expect, test, vi } from 'vitest'
import { tell } from '../../../../lambda/detection/alert/domain.ts'
import type { Message, Repeats } from '../../../../lambda/detection/alert/ports.ts'
import { events, pathCheckEvent, secret } from './events.ts'

const day = 86_400
const lease = 120

/** A memory with the rules of the table: free, forgotten, or the same event that never sent anything. */
function memory(): Repeats & { readonly rows: Map<string, { event: string; sent: boolean; until: number }> } {
  const rows = new Map<string, { event: string; sent: boolean; until: number }>()
  return {
    rows,
    claim: async (identity, event, now) => {
      const known = rows.get(identity)
      if (known !== undefined && known.until > now && (known.sent || known.event !== event)) return 'repeat'
      rows.set(identity, { event, sent: false, until: now + lease })
      return 'first'
    },
    sent: async (identity, event, now) => void rows.set(identity, { event, sent: true, until: now + day }),
  }
}

const told: Message[] = []
const lines: unknown[] = []
let clock = 1_000_000

beforeEach(() => {
  told.length = 0
  lines.length = 0
  clock = 1_000_000
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation((line) => void lines.push(line))
})

const telling = (repeats: Repeats, send = async (message: Message) => void told.push(message)) => ({
  environment: 'safe-harbor-production',
  runbook: 'https://github.com/example/safe-harbor#',
  outbox: { send },
  repeats,
  now: () => clock,
})

const failing = async (): Promise<never> => {
  throw new TypeError(`the message of an error may quote ${secret}`)
}

describe('telling', () => {
  test('sends an alert once, and drops the same event and the same finding in another event', async () => {
    const all = telling(memory())
    expect(await tell(events.guardduty, all)).toBe('sent')
    expect(await tell(events.guardduty, all)).toBe('repeat')
    expect(await tell({ ...events.guardduty, id: 'another' }, all)).toBe('repeat')
    expect(told).toHaveLength(1)
  })

  test('tells again after a day, and at once when the finding has grown worse', async () => {
    const all = telling(memory())
    await tell(events.guardduty, all)
    await tell({ ...events.guardduty, detail: { ...events.guardduty.detail, severity: 9.5 } }, all)
    clock += day
    await tell(events.guardduty, all)
    expect(told.map(({ subject }) => subject.split(' ')[0])).toEqual(['HIGH', 'CRITICAL', 'HIGH'])
  })

  test('sends one alert when the same finding arrives several times at once', async () => {
    const all = telling(memory())
    const copies = ['a', 'b', 'c'].map((id) => ({ ...events.macie, id }))
    const outcomes = await Promise.all(copies.map((event) => tell(event, all)))
    expect(outcomes.sort()).toEqual(['repeat', 'repeat', 'sent'])
  })

  test('tells each break of a Config rule, even within the day', async () => {
    const all = telling(memory())
    const again = structuredClone(events['config-rule']) as { detail: { newEvaluationResult: { resultRecordedTime: string } } }
    again.detail.newEvaluationResult.resultRecordedTime = '2026-02-16T04:00:00.000Z'
    expect([await tell(events['config-rule'], all), await tell(again, all)]).toEqual(['sent', 'sent'])
  })

  test('fails when the alert was not taken, and sends it when the event is tried again', async () => {
    const repeats = memory()
    await expect(tell(events.tampering, telling(repeats, failing))).rejects.toThrow(TypeError)
    expect(await tell(events.tampering, telling(repeats))).toBe('sent')
  })

  test('sends although memory cannot be read or written', async () => {
    expect(await tell(events.guardduty, telling({ claim: failing, sent: failing }))).toBe('sent')
    expect(told).toHaveLength(1)
    expect(lines).toContainEqual({ event: 'alert-memory-unread', kind: 'TypeError' })
    expect(lines).toContainEqual({ event: 'alert-memory-unwritten', kind: 'TypeError' })
  })

  test('tells of events nobody foresaw, each of them', async () => {
    const all = telling(memory())
    await tell(events['never-seen'], all)
    await tell({ ...events['never-seen'], id: 'another' }, all)
    await tell(events['no-envelope'], all)
    await tell(undefined, all)
    expect(told).toHaveLength(3)
  })

  test('answers the path check with a log line and no alert', async () => {
    const untouched = { claim: failing, sent: failing }
    expect(await tell(pathCheckEvent, telling(untouched, failing))).toBe('path-checked')
    expect(lines).toEqual([{ event: 'alert-path-checked' }])
  })

  test('logs nothing that a finding says in words', async () => {
    for (const event of Object.values(events)) await tell(event, telling(memory()))
    for (const word of secret.split(/[ ,]+/)) expect(JSON.stringify(lines)).not.toContain(word)
  })
})
