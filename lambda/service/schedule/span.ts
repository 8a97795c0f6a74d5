/** A span of time in milliseconds since 1970: `from` is in it, `until` is not. */
export interface Span {
  readonly from: number
  readonly until: number
}

/** Whether a moment is in a span. */
export const isWithin = (at: number, { from, until }: Span): boolean => from <= at && at < until
