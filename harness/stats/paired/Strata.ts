/**
 * A mean over posts in which every domain weighs the same, however many posts it has, and its standard error.
 *
 * Estimate: the mean over domains of the mean over the domain's posts. Variance: Σ_d s²_d / (n_d D²), the
 * stratified estimator (Cochran 1977, Sampling Techniques, ch. 5). Degrees of freedom: Welch–Satterthwaite,
 * (Σ v_d)² / Σ v²_d/(n_d − 1) (Satterthwaite 1946).
 *
 * A domain with a single post has no variance of its own. Two or more of them are collapsed into one stratum
 * (Cochran 1977, 5A.12; errs on the wide side by what the domains differ). A lone one borrows the
 * pooled variance within the other domains.
 */
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"

/** A domain-weighted mean. */
export interface StratifiedMean {
  readonly estimate: number
  /** Standard error; exactly 0 when the values do not vary within domains. */
  readonly se: number
  /** Welch–Satterthwaite degrees of freedom; the plain total Σ(n_d − 1) when the standard error is 0. */
  readonly df: number
  /** Values that counted. */
  readonly n: number
  /** Domains with at least one value. */
  readonly domains: number
  /** Domains with exactly one value. */
  readonly single: number
}

/**
 * The domain-weighted mean of `values` (NaN where missing), `stratum[i]` in [0, strata) the domain of value i.
 *
 * A spread below `resolution` is the rounding of the subtraction that made the values, and counts as none.
 * `influence`, when given, receives each value's contribution to the estimate's error, scaled so that the
 * squares sum to the variance (0 for a missing value): what a bootstrap over posts needs.
 *
 * Not estimable with fewer than two values.
 */
export const mean = (
  values: Float64Array,
  stratum: Int32Array,
  strata: number,
  resolution = 0,
  influence?: Float64Array
): Estimable<StratifiedMean> => {
  const count = new Float64Array(strata)
  const centre = new Float64Array(strata)
  let n = 0
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!
    if (Number.isNaN(x)) continue
    const d = stratum[i]!
    count[d]!++
    centre[d]! += x
    n++
  }
  if (n < 2) return notEstimable(n === 0 ? "no post has a value" : "a single post has a value")
  let domains = 0
  let single = 0
  let estimate = 0
  let singleSum = 0
  for (let d = 0; d < strata; d++) {
    if (count[d] === 0) continue
    domains++
    if (count[d] === 1) {
      single++
      singleSum += centre[d]!
    }
    centre[d]! /= count[d]!
    estimate += centre[d]!
  }
  estimate /= domains
  const singleCentre = single === 0 ? 0 : singleSum / single

  const squares = new Float64Array(strata)
  let singleSquares = 0
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!
    if (influence !== undefined) influence[i] = 0
    if (Number.isNaN(x)) continue
    const d = stratum[i]!
    const m = count[d]!
    if (m === 1) {
      const deviation = x - singleCentre
      singleSquares += deviation * deviation
      if (influence !== undefined && single > 1) {
        influence[i] = (deviation / domains) * Math.sqrt(single / (single - 1))
      }
    } else {
      const deviation = x - centre[d]!
      squares[d]! += deviation * deviation
      if (influence !== undefined) influence[i] = (deviation / (domains * m)) * Math.sqrt(m / (m - 1))
    }
  }

  let pooled = 0
  let pooledDf = 0
  let variance = 0
  const terms: { readonly v: number; readonly df: number }[] = []
  const add = (v: number, df: number) => {
    variance += v
    terms.push({ v, df })
  }
  for (let d = 0; d < strata; d++) {
    const m = count[d]!
    if (m < 2) continue
    pooled += squares[d]!
    pooledDf += m - 1
    add(squares[d]! / ((m - 1) * m * domains * domains), m - 1)
  }
  if (single > 1) add((single * singleSquares) / ((single - 1) * domains * domains), single - 1)
  else if (single === 1) add(pooled / pooledDf / (domains * domains), pooledDf)

  const spread = Math.sqrt((pooled + singleSquares) / n)
  const totalDf = pooledDf + Math.max(0, single - 1)
  const none = spread <= resolution || !(variance > 0)
  if (none) influence?.fill(0)
  return estimable({
    estimate: none && Math.abs(estimate) <= resolution ? 0 : estimate,
    se: none ? 0 : Math.sqrt(variance),
    df: none ? totalDf : 1 / terms.reduce((sum, { v, df }) => sum + (v / variance) ** 2 / df, 0),
    n,
    domains,
    single
  })
}
