/**
 * Welch's t test of two independent means with unequal variances (Welch 1947, Biometrika 34, 28–35), degrees
 * of freedom by Satterthwaite.
 */
import { qt, twoSided } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, isConstant, mean, present, variance } from "../Moments.ts"

/** The difference is mean of `x` minus mean of `y`. */
export interface Welch {
  readonly estimate: number
  readonly se: number
  readonly t: number
  readonly df: number
  readonly p: number
  readonly interval: Interval
}

/** Fails with a reason below two values in a group or if neither group varies. */
export const welch = (x: ReadonlyArray<Cell>, y: ReadonlyArray<Cell>, level = 0.95): Estimable<Welch> => {
  const a = x.filter(present)
  const b = y.filter(present)
  if (a.length < 2 || b.length < 2) return notEstimable("a group has fewer than two values")
  if (isConstant(a) && isConstant(b)) return notEstimable("neither group varies")
  const va = isConstant(a) ? 0 : variance(a) / a.length
  const vb = isConstant(b) ? 0 : variance(b) / b.length
  const estimate = mean(a) - mean(b)
  const se = Math.sqrt(va + vb)
  const df = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1))
  const t = estimate / se
  const half = qt((1 + level) / 2, df) * se
  return finite({
    estimate,
    se,
    t,
    df,
    p: twoSided(t, df),
    interval: { lower: estimate - half, upper: estimate + half, level }
  })
}
