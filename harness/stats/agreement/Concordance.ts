/**
 * Lin's concordance correlation: how close the pairs of two raters lie to the line of equality.
 *
 * Lin (1989), Biometrics 45, 255–268, with the corrected variance of the note in Biometrics 56 (2000),
 * 324–325. Moments with denominator n, as in Lin; the interval is on Fisher's z.
 */
import { qnorm } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, completePairs, crossDeviation, isConstant, mean } from "../Moments.ts"

/** The coefficient and its two factors: precision (Pearson's r) and accuracy (bias correction). */
export interface Concordance {
  readonly n: number
  readonly estimate: number
  /** Estimate over Pearson's r: 1 when the two raters share mean and spread; `ok: false` when r is zero. */
  readonly accuracy: Estimable<number>
  readonly interval: Estimable<Interval>
}

/**
 * Lin's coefficient over the complete pairs.
 *
 * Fails with a reason below two pairs, or if both raters gave one and the same value throughout. If only one
 * of them is constant the coefficient is 0, without interval.
 */
export const concordance = (x: ArrayLike<Cell>, y: ArrayLike<Cell>, level = 0.95): Estimable<Concordance> => {
  const pairs = completePairs(x, y)
  const n = pairs.x.length
  if (n < 2) return notEstimable("fewer than two items have both ratings")
  const flat = isConstant(pairs.x) || isConstant(pairs.y)
  if (isConstant(pairs.x) && isConstant(pairs.y)) return notEstimable("both raters are constant")
  const vx = crossDeviation(pairs.x, pairs.x) / n
  const vy = crossDeviation(pairs.y, pairs.y) / n
  const shift = mean(pairs.x) - mean(pairs.y)
  const covariance = flat ? 0 : crossDeviation(pairs.x, pairs.y) / n
  const estimate = (2 * covariance) / (vx + vy + shift * shift)
  const r = flat ? 0 : covariance / Math.sqrt(vx) / Math.sqrt(vy)
  if (flat || Math.abs(r) < 1e-14 || n < 3 || Math.abs(estimate) > 1 - 1e-14) {
    return finite({
      n,
      estimate,
      accuracy: Math.abs(r) < 1e-14 ? notEstimable("the correlation is zero") : finite(estimate / r),
      interval: notEstimable("the concordance is 0, 1 or -1, or there are too few pairs for an interval")
    })
  }
  const u2 = (shift * shift) / Math.sqrt(vx) / Math.sqrt(vy)
  const c2 = estimate * estimate
  const variance =
    (((1 - r * r) * c2) / ((1 - c2) * r * r) +
      (2 * c2 * estimate * (1 - estimate) * u2) / (r * (1 - c2) ** 2) -
      (c2 * c2 * u2 * u2) / (2 * r * r * (1 - c2) ** 2)) /
    (n - 2)
  const z = Math.atanh(estimate)
  const half = qnorm((1 + level) / 2) * Math.sqrt(Math.max(0, variance))
  return finite({
    n,
    estimate,
    accuracy: finite(estimate / r),
    interval:
      variance > 0
        ? finite({ lower: Math.tanh(z - half), upper: Math.tanh(z + half), level })
        : notEstimable("the variance of the concordance is not positive")
  })
}
