/** Confidence intervals as data. */

/** A two-sided confidence interval: its ends and its level, such as 0.95. */
export interface Interval {
  readonly lower: number
  readonly upper: number
  readonly level: number
}
