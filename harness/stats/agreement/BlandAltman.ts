/**
 * Bland–Altman limits of agreement of two raters: bias and where 95 % of the differences lie.
 *
 * Bland & Altman (1986), Lancet 327, 307–310; the standard error of the limits is given as they print it,
 * √(3/n)·sd, and exactly to the same order, sd·√(1/n + z²/(2(n − 1))).
 */
import { qnorm, qt } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, completePairs, isConstant, mean, variance } from "../Moments.ts"

/** Differences are x − y. */
export interface BlandAltman {
  readonly n: number
  readonly bias: number
  /** Standard deviation of the differences. */
  readonly sd: number
  /** Of the bias, by t. */
  readonly interval: Interval
  /** bias ± z · sd with the exact normal quantile. */
  readonly limits: Interval
  /** bias ± 1.96 · sd, as printed in most papers; only at the 95 % level. */
  readonly limits196: Interval
  /** Standard error of a limit, Bland & Altman's approximation. */
  readonly seLimit: number
  /** Standard error of a limit, with the exact quantile and n − 1. */
  readonly seLimitExact: number
}

/** Fails with a reason below two complete pairs or if all differences are equal (then the bias is all). */
export const blandAltman = (x: ArrayLike<Cell>, y: ArrayLike<Cell>, level = 0.95): Estimable<BlandAltman> => {
  const pairs = completePairs(x, y)
  const n = pairs.x.length
  if (n < 2) return notEstimable("fewer than two items have both ratings")
  const differences = pairs.x.map((value, i) => value - pairs.y[i]!)
  const bias = mean(differences)
  const sd = Math.sqrt(variance(differences))
  if (
    isConstant(differences) ||
    sd <= 1e-13 * pairs.x.reduce((largest, value) => Math.max(largest, Math.abs(value)), Math.abs(bias))
  ) {
    return notEstimable(`all differences are ${Number(bias.toPrecision(12))}, so there are no limits`)
  }
  const z = qnorm((1 + level) / 2)
  const around = (half: number, at: number): Interval => ({
    lower: bias - half,
    upper: bias + half,
    level: at
  })
  return finite({
    n,
    bias,
    sd,
    interval: around((qt((1 + level) / 2, n - 1) * sd) / Math.sqrt(n), level),
    limits: around(z * sd, level),
    limits196: around(1.96 * sd, 0.95),
    seLimit: Math.sqrt(3 / n) * sd,
    seLimitExact: sd * Math.sqrt(1 / n + (z * z) / (2 * (n - 1)))
  })
}
