/**
 * The bootstrap of independent units: replicates from a seed, percentile and BCa intervals
 * (Efron 1987; DiCiccio & Efron 1996), quantiles as R's `boot::boot.ci` takes them.
 */
import * as Distributions from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as Random from "../Random.ts"

/** A statistic of the units at `indices` (duplicates count as often as they are drawn). */
export type Statistic = (indices: Int32Array) => number

export interface Replicates {
  /** The statistic of the data as they are. */
  readonly estimate: number
  /** Of each resample that has one. */
  readonly values: Float64Array
  /** Resamples in which the statistic does not exist. */
  readonly failed: number
}

export interface Bounds {
  readonly lower: number
  readonly upper: number
}

/** More failed resamples than this share, and the rest no longer represents the sampling distribution. */
const TOLERATED = 0.05

/** Replicates of any draw: shared by the bootstraps of units and of clusters. */
export const collect = (estimate: number, resamples: number, draw: () => number): Estimable<Replicates> => {
  if (!Number.isFinite(estimate)) return notEstimable("the statistic does not exist for the data")
  if (!(resamples >= 1)) return notEstimable("no resamples were asked for")
  const values = new Float64Array(resamples)
  let kept = 0
  for (let r = 0; r < resamples; r++) {
    const value = draw()
    if (Number.isFinite(value)) values[kept++] = value
  }
  const failed = resamples - kept
  if (failed > TOLERATED * resamples) {
    return notEstimable(`the statistic does not exist in ${failed} of ${resamples} resamples`)
  }
  return estimable({ estimate, values: values.slice(0, kept), failed })
}

/**
 * `resamples` replicates of `statistic` over `n` units. Not estimable with fewer than two units, when the
 * statistic of the data is not a number, or is none in more than 5 % of the resamples.
 */
export const run = (
  n: number,
  statistic: Statistic,
  options: { readonly seed: number; readonly resamples?: number }
): Estimable<Replicates> => {
  if (n < 2) return notEstimable("fewer than two units to resample")
  const random = Random.make(options.seed)
  const indices = Int32Array.from({ length: n }, (_, i) => i)
  return collect(statistic(indices), options.resamples ?? 2000, () => {
    for (let i = 0; i < n; i++) indices[i] = random.below(n)
    return statistic(indices)
  })
}

/**
 * Jackknife influence values (n − 1)(θ̂ − θ̂₍ᵢ₎), R's `empinf(type = "jack")`. Not estimable where the
 * statistic does not exist without some unit.
 */
export const jackknife = (n: number, statistic: Statistic): Estimable<Float64Array> => {
  if (n < 2) return notEstimable("fewer than two units to leave out")
  const whole = statistic(Int32Array.from({ length: n }, (_, i) => i))
  const influence = new Float64Array(n)
  const rest = Int32Array.from({ length: n - 1 }, (_, i) => i + 1)
  for (let i = 0; i < n; i++) {
    if (i > 0) rest[i - 1] = i - 1
    influence[i] = (n - 1) * (whole - statistic(rest))
    if (!Number.isFinite(influence[i]!)) return notEstimable("the statistic does not exist without some unit")
  }
  return estimable(influence)
}

/** The quantile at `p` of sorted replicates, interpolated on the normal scale (Davison & Hinkley 1997, 5.8). */
const quantile = (sorted: Float64Array, p: number): number => {
  const r = sorted.length
  const rank = (r + 1) * p
  // (1 − level)/2 is not exact in binary: a rank this close to a whole number is one.
  const k = Math.abs(rank - Math.round(rank)) < 1e-9 ? Math.round(rank) : Math.floor(rank)
  if (k <= 0) return sorted[0]!
  if (k >= r) return sorted[r - 1]!
  if (Math.abs(rank - k) < 1e-9) return sorted[k - 1]!
  const at = Distributions.qnorm(p)
  const below = Distributions.qnorm(k / (r + 1))
  const above = Distributions.qnorm((k + 1) / (r + 1))
  return sorted[k - 1]! + ((at - below) / (above - below)) * (sorted[k]! - sorted[k - 1]!)
}

/** The percentile interval. Not estimable without replicates. */
export const percentile = (replicates: Replicates, level = 0.95): Estimable<Bounds> => {
  if (replicates.values.length === 0) return notEstimable("there are no replicates")
  const sorted = replicates.values.toSorted()
  return estimable({ lower: quantile(sorted, (1 - level) / 2), upper: quantile(sorted, (1 + level) / 2) })
}

/**
 * The bias-corrected and accelerated interval, from the units' influence values. Not estimable when the
 * estimate lies outside its replicates, or the acceleration is beyond what the correction can express.
 */
export const bca = (replicates: Replicates, influence: Float64Array, level = 0.95): Estimable<Bounds> => {
  const { estimate, values } = replicates
  if (values.length === 0) return notEstimable("there are no replicates")
  const sorted = values.toSorted()
  if (sorted[0] === estimate && sorted.at(-1) === estimate)
    return estimable({ lower: estimate, upper: estimate })
  // Strictly below, as `boot`: a replicate that equals the estimate does not count.
  const below = values.reduce((count, t) => count + Number(t < estimate), 0) / values.length
  if (below === 0 || below === 1)
    return notEstimable("the estimate is at or beyond an end of its bootstrap distribution")
  const bias = Distributions.qnorm(below)
  let squares = 0
  let cubes = 0
  for (const l of influence) {
    squares += l * l
    cubes += l * l * l
  }
  const acceleration = squares > 0 ? cubes / (6 * squares ** 1.5) : 0
  const bound = (p: number): number | undefined => {
    const z = bias + Distributions.qnorm(p)
    const denominator = 1 - acceleration * z
    return denominator > 0 ? quantile(sorted, Distributions.pnorm(bias + z / denominator)) : undefined
  }
  const lower = bound((1 - level) / 2)
  const upper = bound((1 + level) / 2)
  if (lower === undefined || upper === undefined) {
    return notEstimable("the statistic's acceleration is too large for a BCa interval")
  }
  return estimable({ lower, upper })
}
