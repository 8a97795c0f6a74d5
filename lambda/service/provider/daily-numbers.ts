import type { Item } from '../../shared/items/items.ts'
import type { Call } from '../calls/call.ts'

/** The calls of a day in numbers. There is no id in it, and nothing of what anybody said. */
export interface DailyNumbers {
  readonly calls: number
  readonly acknowledged: number
  /** Not acknowledged until now, although the operators were told. */
  readonly unanswered: number
  readonly closed: number
  /** From receipt to acknowledgement, over the calls that were acknowledged; `null` when none was. Tenths of a minute. */
  readonly minutesToAcknowledgement: { readonly median: number | null; readonly longest: number | null }
  /** Messages that the service that notifies has taken. */
  readonly notifications: { readonly text: number; readonly voice: number }
}

/** Counts calls and the notices that were sent of them. */
export function dailyNumbers(calls: readonly Call[], notices: readonly Item[]): DailyNumbers {
  const minutes = calls.flatMap(minutesToAcknowledgement).sort((one, other) => one - other)
  const sent = notices.filter(({ attributes }) => attributes['state'] === 'sent')
  const by = (channel: string): number => sent.filter(({ attributes }) => attributes['channel'] === channel).length
  return {
    calls: calls.length,
    acknowledged: minutes.length,
    unanswered: calls.filter(({ state }) => state === 'unanswered').length,
    closed: calls.filter(({ state }) => state === 'closed').length,
    minutesToAcknowledgement: { median: tenths(medianOf(minutes)), longest: tenths(minutes.at(-1)) },
    notifications: { text: by('text'), voice: by('voice') },
  }
}

const minutesToAcknowledgement = ({ receivedAt, acknowledgedAt }: Call): number[] =>
  acknowledgedAt === undefined ? [] : [(Date.parse(acknowledgedAt) - Date.parse(receivedAt)) / 60_000]

function medianOf(sorted: readonly number[]): number | undefined {
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

const tenths = (minutes: number | undefined): number | null => (minutes === undefined ? null : Math.round(minutes * 10) / 10)
