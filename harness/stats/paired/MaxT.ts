/**
 * Simultaneous inference by the distribution of the largest |t| over several estimates that share their posts
 * (Westfall & Young 1993, single step; Hothorn, Bretz & Westfall 2008 for the intervals).
 *
 * The joint distribution comes from a bootstrap over posts, drawn within strata and rescaled by
 * √(n/(n − 1)) (Rao & Wu 1988), of the estimates' influence values. Each statistic keeps its own
 * degrees of freedom by being compared on the normal scale, z = Φ⁻¹(F_t(t)). Dividing by each resample's own
 * standard error instead would be undefined for judges' whole-number scores, where a resample often has none.
 */
import * as Distributions from "../Distributions.ts"
import * as Random from "../Random.ts"

/**
 * Sorted (ascending) maxima over the estimates of |bootstrap error / standard error|.
 *
 * `influence`: one array an estimate, one value a post (0 where the post does not count); an estimate without
 * variance (all 0) takes no part. `stratum`: each post's stratum, and posts of one stratum adjacent.
 */
export const maxima = (
  influence: readonly Float64Array[],
  stratum: Int32Array,
  seed: number,
  resamples: number
): Float64Array => {
  const posts = stratum.length
  const live = influence.filter((one) => one.some((x) => x !== 0))
  const k = live.length
  const bounds: number[] = [0]
  for (let i = 1; i < posts; i++) if (stratum[i] !== stratum[i - 1]) bounds.push(i)
  bounds.push(posts)
  const table = new Float64Array(posts * k)
  live.forEach((one, j) => {
    let total = 0
    for (let s = 0; s + 1 < bounds.length; s++) {
      // Not zero already where a missing text left a domain of several posts with one value.
      const posts = one.subarray(bounds[s]!, bounds[s + 1]!)
      const centre = posts.reduce((sum, x) => sum + x, 0) / posts.length
      for (let i = 0; i < posts.length; i++) {
        const deviation = posts[i]! - centre
        table[(bounds[s]! + i) * k + j] = deviation
        total += deviation * deviation
      }
    }
    const scale = total > 0 ? 1 / Math.sqrt(total) : 0
    for (let i = 0; i < posts; i++) table[i * k + j]! *= scale
  })

  const random = Random.make(seed)
  const sums = new Float64Array(k)
  const largest = new Float64Array(resamples)
  if (k === 0) return largest
  for (let b = 0; b < resamples; b++) {
    sums.fill(0)
    for (let s = 0; s + 1 < bounds.length; s++) {
      const from = bounds[s]!
      const size = bounds[s + 1]! - from
      for (let i = 0; i < size; i++) {
        const row = (from + random.below(size)) * k
        for (let j = 0; j < k; j++) sums[j]! += table[row + j]!
      }
    }
    let most = 0
    for (let j = 0; j < k; j++) most = Math.max(most, Math.abs(sums[j]!))
    largest[b] = most
  }
  return largest.sort()
}

/**
 * The critical value on the normal scale, from sorted `maxima`: the order statistic that makes "the interval
 * excludes zero" and `adjusted(...) ≤ 1 − level` the same event. Never below the unadjusted one.
 */
export const critical = (sorted: Float64Array, level: number): number => {
  const unadjusted = Distributions.qnorm((1 + level) / 2)
  const index = Math.min(sorted.length, Math.ceil(level * (sorted.length + 1))) - 1
  return Math.max(unadjusted, sorted[index] ?? 0)
}

/** A critical value on the normal scale as one of Student's t with `df` degrees of freedom. */
export const asT = (z: number, df: number): number => -Distributions.qt(Distributions.pnorm(-z), df)

/** The p value adjusted for all estimates, from an unadjusted two-sided `p`: (1 + #{max ≥ z}) / (B + 1). */
export const adjusted = (sorted: Float64Array, p: number): number => {
  const z = p <= 0 ? Number.POSITIVE_INFINITY : -Distributions.qnorm(p / 2)
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! >= z) high = middle
    else low = middle + 1
  }
  return Math.min(1, Math.max(p, (1 + sorted.length - low) / (sorted.length + 1)))
}
