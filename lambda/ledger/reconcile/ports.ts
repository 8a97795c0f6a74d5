/** A span of time, in milliseconds since 1970; the end is not part of it. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The audit trail, where it is watched. */
export interface Trail {
  /**
   * Events that may be reads of patient data, as JSON texts, in no certain order. The span is that of the times the log group gives them; whether that is when
   * CloudTrail delivered them or when they happened is not documented.
   * @throws Error when the trail does not answer
   */
  readonly events: (span: Span) => AsyncIterable<string>
}
