import { coverage } from './coverage.ts'
import { dayMilliseconds } from './local-time.ts'
import type { OnCallSchedule } from './schedule.ts'
import { isWithin, type Span } from './span.ts'
import { turns } from './turns.ts'

/** Somebody's uninterrupted time on call. */
export interface Shift extends Span {
  readonly provider: string
}

/** Who is on call now and until when, and who is next and from when. Moments are milliseconds since 1970. */
export interface CurrentAndNext {
  /** Undefined when nobody is on call. `until` is missing when nothing changes within the eight weeks that are looked at. */
  readonly current?: { readonly provider: string; readonly until?: number }
  /** Undefined when nobody comes within eight weeks. It begins when the current shift ends, unless the line is not covered in between. */
  readonly next?: { readonly provider: string; readonly from: number }
}

/**
 * The shifts in a window of time, cut to it, in order. At any moment at most one person is on call: of the overrides that hold, the one made last; without one
 * the provider whose turn it is, if the time is covered; else nobody.
 */
export function shifts(schedule: OnCallSchedule, window: Span): Shift[] {
  const onCall = personAt(schedule, window)
  const { edges } = onCall
  const cuts = [...new Set([window.from, ...edges.filter((edge) => isWithin(edge, window)), window.until])].sort(
    (one, other) => one - other,
  )
  return joined(
    cuts.slice(0, -1).flatMap((from, index) => {
      const provider = onCall.at(from)
      return provider === undefined ? [] : [{ from, until: cuts[index + 1] as number, provider }]
    }),
  )
}

/** Who is on call at a moment; undefined when nobody is. @param at milliseconds since 1970 */
export const onCallAt = (schedule: OnCallSchedule, at: number): string | undefined =>
  shifts(schedule, { from: at, until: at + 1 })[0]?.provider

/** Who steps in for whoever is on call, in order; nobody stands in for themselves. */
export function backupsAt(schedule: OnCallSchedule, at: number): readonly string[] {
  const onCall = onCallAt(schedule, at)
  return (schedule.rotation?.backup ?? []).filter((provider) => provider !== onCall)
}

/** Who is on call at a moment and who comes next. It looks no further than eight weeks ahead. @param now milliseconds since 1970 */
export function currentAndNext(schedule: OnCallSchedule, now: number): CurrentAndNext {
  // Changes are near as a rule; a window that is small is searched in a part of the time.
  for (const days of [2, 9, 56]) {
    const window = { from: now, until: now + days * dayMilliseconds }
    const found = ofShifts(shifts(schedule, window), window)
    if (found.next !== undefined || days === 56) return found
  }
  return {}
}

function ofShifts(found: readonly Shift[], window: Span): CurrentAndNext {
  const [first, second] = found
  const current = first?.from === window.from ? first : undefined
  const next = current === undefined ? first : second
  return {
    ...(current && { current: { provider: current.provider, ...(current.until < window.until && { until: current.until }) } }),
    ...(next && { next: { provider: next.provider, from: next.from } }),
  }
}

// Everything that touches the window is worked out once; then who is on call is looked up at each edge of anything.
function personAt({ rotation, overrides }: OnCallSchedule, window: Span) {
  const covered = rotation === undefined ? [] : coverage(rotation, window)
  const inTurn = rotation === undefined ? [] : turns(rotation, window)
  const made = overrides
    .map(({ id, provider, from, to }) => ({ id, provider, from: Date.parse(from), until: Date.parse(to) }))
    .filter(({ from, until }) => until > window.from && from < window.until)
    .sort((one, other) => (one.id > other.id ? -1 : 1))
  return {
    edges: [...covered, ...inTurn, ...made].flatMap(({ from, until }) => [from, until]),
    at: (moment: number): string | undefined => {
      const override = made.find((span) => isWithin(moment, span))
      if (override !== undefined) return override.provider
      if (!covered.some((span) => isWithin(moment, span))) return undefined
      return inTurn.find((span) => isWithin(moment, span))?.provider
    },
  }
}

function joined(parts: readonly Shift[]): Shift[] {
  const whole: Shift[] = []
  for (const part of parts) {
    const last = whole.at(-1)
    if (last?.until === part.from && last.provider === part.provider) whole.splice(-1, 1, { ...last, until: part.until })
    else whole.push(part)
  }
  return whole
}
