/**
 * Correlations of two raters with intervals: Pearson, Spearman, Kendall's tau-b.
 *
 * Pearson: t test and Fisher's z. Spearman: Pearson of mid-ranks, t approximation. Kendall's tau-b: Kendall
 * (1970), normal test with the variance corrected for ties; counted by Knight's (1966) merge sort in
 * O(n log n). Intervals of the two rank correlations by Bonett & Wright (2000), Psychometrika 65, 23–28;
 * for Spearman Fisher's plain interval, which is too narrow, is given for comparison.
 */
import { pnorm, qnorm, twoSided } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, completePairs, crossDeviation, isConstant } from "../Moments.ts"
import { midRanks, tieSizes } from "../Ranks.ts"

/** A test statistic (t for Pearson and Spearman, z for Kendall) with its two-sided p value. */
export interface CorrelationTest {
  readonly statistic: number
  readonly p: number
}

/** A correlation over the `n` complete pairs. */
export interface Correlation {
  readonly n: number
  readonly estimate: number
  readonly interval: Estimable<Interval>
  readonly test: Estimable<CorrelationTest>
}

/** Spearman's, with the interval that ignores the wider spread of a rank correlation. */
export interface Spearman extends Correlation {
  readonly fisherInterval: Estimable<Interval>
}

const perfect = "the correlation is exactly 1 or -1, where no interval or test exists"

/** tanh(atanh(r) ± z · spread), if `r` is inside (−1, 1). */
const fisher = (r: number, spread: number, level: number): Estimable<Interval> => {
  if (Math.abs(r) === 1) return notEstimable(perfect)
  if (!Number.isFinite(spread)) return notEstimable("too few pairs for an interval")
  const half = qnorm((1 + level) / 2) * spread
  return finite({ lower: Math.tanh(Math.atanh(r) - half), upper: Math.tanh(Math.atanh(r) + half), level })
}

const tTest = (r: number, n: number): Estimable<CorrelationTest> => {
  if (Math.abs(r) === 1) return notEstimable(perfect)
  if (n < 3) return notEstimable("too few pairs for a test")
  const statistic = r * Math.sqrt((n - 2) / (1 - r * r))
  return finite({ statistic, p: twoSided(statistic, n - 2) })
}

const unusable = (x: Float64Array, y: Float64Array): string | undefined => {
  if (x.length < 2) return "fewer than two items have both ratings"
  if (isConstant(x) || isConstant(y)) return "a rater gave all items the same value"
  return undefined
}

/** Pearson's r of samples that vary; values within rounding of ±1 are ±1. */
const product = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const r = crossDeviation(x, y) / Math.sqrt(crossDeviation(x, x)) / Math.sqrt(crossDeviation(y, y))
  return Math.abs(r) > 1 - 1e-14 ? Math.sign(r) : r
}

/** 1/√(n − k), Infinity when there is nothing left. */
const spreadOf = (n: number, k: number, factor = 1): number =>
  n > k ? Math.sqrt(factor / (n - k)) : Number.POSITIVE_INFINITY

/** Pearson's r; fails with a reason below two complete pairs or if either side is constant. */
export const pearson = (x: ArrayLike<Cell>, y: ArrayLike<Cell>, level = 0.95): Estimable<Correlation> => {
  const pairs = completePairs(x, y)
  const reason = unusable(pairs.x, pairs.y)
  if (reason !== undefined) return notEstimable(reason)
  const n = pairs.x.length
  const estimate = product(pairs.x, pairs.y)
  return finite({ n, estimate, interval: fisher(estimate, spreadOf(n, 3), level), test: tTest(estimate, n) })
}

/** Spearman's rho with ties; fails as Pearson's does. */
export const spearman = (x: ArrayLike<Cell>, y: ArrayLike<Cell>, level = 0.95): Estimable<Spearman> => {
  const pairs = completePairs(x, y)
  const reason = unusable(pairs.x, pairs.y)
  if (reason !== undefined) return notEstimable(reason)
  const n = pairs.x.length
  const estimate = product(midRanks(pairs.x), midRanks(pairs.y))
  return finite({
    n,
    estimate,
    interval: fisher(estimate, spreadOf(n, 3, 1 + estimate ** 2 / 2), level),
    fisherInterval: fisher(estimate, spreadOf(n, 3), level),
    test: tTest(estimate, n)
  })
}

/** Sorts `values` in place and returns how many exchanges of neighbours that takes. */
const countExchanges = (values: Float64Array<ArrayBuffer>): number => {
  let from = values
  let to = new Float64Array(values.length)
  let exchanges = 0
  for (let width = 1; width < values.length; width *= 2) {
    for (let low = 0; low < values.length; low += 2 * width) {
      const middle = Math.min(low + width, values.length)
      const high = Math.min(low + 2 * width, values.length)
      let left = low
      let right = middle
      for (let k = low; k < high; k++) {
        if (left < middle && (right >= high || from[left]! <= from[right]!)) to[k] = from[left++]!
        else {
          exchanges += middle - left
          to[k] = from[right++]!
        }
      }
    }
    const swap = from
    from = to
    to = swap
  }
  return exchanges
}

/** Kendall's tau-b; the test is the normal one with ties corrected. Fails as Pearson's does. */
export const kendall = (x: ArrayLike<Cell>, y: ArrayLike<Cell>, level = 0.95): Estimable<Correlation> => {
  const pairs = completePairs(x, y)
  const reason = unusable(pairs.x, pairs.y)
  if (reason !== undefined) return notEstimable(reason)
  const n = pairs.x.length
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => pairs.x[a]! - pairs.x[b]! || pairs.y[a]! - pairs.y[b]!
  )
  const tiesX = tieSizes(pairs.x)
  const tiesY = tieSizes(pairs.y)
  let tiesBoth = 0
  for (let i = 0, run = 0; i < n; i++) {
    const same =
      i > 0 && pairs.x[order[i]!] === pairs.x[order[i - 1]!] && pairs.y[order[i]!] === pairs.y[order[i - 1]!]
    run = same ? run + 1 : 0
    tiesBoth += run
  }
  const over = (sizes: ReadonlyArray<number>, f: (t: number) => number) =>
    sizes.reduce((total, t) => total + f(t), 0)
  const two = (t: number) => t * (t - 1)
  const all = two(n) / 2
  const pairsX = over(tiesX, two) / 2
  const pairsY = over(tiesY, two) / 2
  const discordant = countExchanges(Float64Array.from(order, (i) => pairs.y[i]!))
  const score = all - pairsX - pairsY + tiesBoth - 2 * discordant
  const raw = score / Math.sqrt(all - pairsX) / Math.sqrt(all - pairsY)
  const estimate = Math.abs(raw) > 1 - 1e-14 ? Math.sign(raw) : raw
  const five = (t: number) => two(t) * (2 * t + 5)
  const three = (t: number) => two(t) * (t - 2)
  const variance =
    (five(n) - over(tiesX, five) - over(tiesY, five)) / 18 +
    (over(tiesX, two) * over(tiesY, two)) / (2 * two(n)) +
    (n > 2 ? (over(tiesX, three) * over(tiesY, three)) / (9 * three(n)) : 0)
  const z = score / Math.sqrt(variance)
  return finite({
    n,
    estimate,
    interval: fisher(estimate, spreadOf(n, 4, 0.437), level),
    test: finite({ statistic: z, p: 2 * pnorm(-Math.abs(z)) }, "too few pairs for a test")
  })
}
