/** Six years in days, two leap days included: "retain the documentation ... for 6 years" (45 CFR 164.316(b)(2)(i)). */
export const sixYearsInDays = 2192

/** Retention periods CloudWatch Logs accepts, in days (CloudWatch Logs API Reference, PutRetentionPolicy). */
export const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const
