/**
 * Agreement of two scores of the same texts under weights on the texts, in closed form, so that a resampling of
 * posts costs one pass over the texts. With equal weights each equals its namesake in `Kappa.ts`,
 * `Correlation.ts` and `Icc.ts`.
 */
import type { WeightedStatistic } from "../resampling/ClusterBootstrap.ts"

/** Weighted sums of two scores. */
interface Moments {
  readonly n: number
  readonly meanX: number
  readonly meanY: number
  /** Weighted mean squares and mean product of deviations. */
  readonly xx: number
  readonly yy: number
  readonly xy: number
}

const moments = (x: ArrayLike<number>, y: ArrayLike<number>, weights: Float64Array): Moments => {
  let [n, sumX, sumY] = [0, 0, 0]
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!
    n += w
    sumX += w * x[i]!
    sumY += w * y[i]!
  }
  const [meanX, meanY] = [sumX / n, sumY / n]
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!
    if (w === 0) continue
    const dx = x[i]! - meanX
    const dy = y[i]! - meanY
    xx += w * dx * dx
    yy += w * dy * dy
    xy += w * dx * dy
  }
  return { n, meanX, meanY, xx: xx / n, yy: yy / n, xy: xy / n }
}

/**
 * Cohen's kappa with quadratic weights on the values: 1 − mean squared difference over the one expected by
 * chance (Fleiss & Cohen 1973). The range of the scale cancels, so that no list of its points is needed.
 */
export const quadraticKappa =
  (x: ArrayLike<number>, y: ArrayLike<number>): WeightedStatistic =>
  (weights) => {
    const { meanX, meanY, xx, yy, xy } = moments(x, y, weights)
    const apart = (meanX - meanY) ** 2
    const chance = xx + yy + apart
    return chance > 0 ? 1 - (xx + yy - 2 * xy + apart) / chance : Number.NaN
  }

/**
 * Cohen's kappa with linear weights on the values: 1 − mean |x − y| over the one expected by chance, which is the sum
 * over the gaps between neighbouring values of F(1 − G) + G(1 − F), F and G the two distributions.
 */
export const linearKappa = (x: ArrayLike<number>, y: ArrayLike<number>): WeightedStatistic => {
  const values = distinct(x, y)
  const places = placesOf(x, y)
  return (weights) => {
    const [f, g] = [new Float64Array(values.length), new Float64Array(values.length)]
    let [n, apart] = [0, 0]
    for (let i = 0; i < weights.length; i++) {
      const w = weights[i]!
      n += w
      apart += w * Math.abs(x[i]! - y[i]!)
      f[places.x[i]!]! += w
      g[places.y[i]!]! += w
    }
    let [chance, below, under] = [0, 0, 0]
    for (let k = 0; k + 1 < values.length; k++) {
      below += f[k]! / n
      under += g[k]! / n
      chance += (values[k + 1]! - values[k]!) * (below * (1 - under) + under * (1 - below))
    }
    return chance > 1e-12 ? 1 - apart / n / chance : Number.NaN
  }
}

/** x − y on average. */
export const meanDifference =
  (x: ArrayLike<number>, y: ArrayLike<number>): WeightedStatistic =>
  (weights) => {
    const { meanX, meanY } = moments(x, y, weights)
    return meanX - meanY
  }

/** Standard deviation of x − y (denominator n − 1): how far single scores stray once the bias is known. */
export const spreadOfDifferences =
  (x: ArrayLike<number>, y: ArrayLike<number>): WeightedStatistic =>
  (weights) => {
    const { n, xx, yy, xy } = moments(x, y, weights)
    return Math.sqrt((Math.max(0, xx + yy - 2 * xy) * n) / (n - 1))
  }

/** ICC of two scores: `consistency` (C,1) forgives a constant difference, `agreement` (A,1) does not. */
export const intraclass =
  (x: ArrayLike<number>, y: ArrayLike<number>, definition: "consistency" | "agreement"): WeightedStatistic =>
  (weights) => {
    const { n, meanX, meanY, xx, yy, xy } = moments(x, y, weights)
    const scale = n / (n - 1)
    const items = ((xx + yy + 2 * xy) / 2) * scale
    const error = ((xx + yy - 2 * xy) / 2) * scale
    const raters = (n * (meanX - meanY) ** 2) / 2
    const bottom = items + error + (definition === "agreement" ? (2 * (raters - error)) / n : 0)
    return bottom > 0 ? (items - error) / bottom : Number.NaN
  }

/** Pearson's r. */
export const correlation =
  (x: ArrayLike<number>, y: ArrayLike<number>): WeightedStatistic =>
  (weights) => {
    const { xx, yy, xy } = moments(x, y, weights)
    return xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : Number.NaN
  }

const orderOf = (values: ArrayLike<number>): Int32Array =>
  Int32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!)

/** Means of the same ratings in another order differ by rounding: that is a tie. */
const TIED = 1e-9

/** The distinct values of both lists in order. */
const distinct = (x: ArrayLike<number>, y: ArrayLike<number>): readonly number[] => {
  const sorted = [...Array.from(x), ...Array.from(y)].sort((a, b) => a - b)
  const values: number[] = []
  for (const value of sorted) if (values.length === 0 || value - values.at(-1)! > TIED) values.push(value)
  return values
}

/** Weighted mid-ranks, written to `ranks`; `order` sorts `values`. */
const rankInto = (
  values: ArrayLike<number>,
  order: Int32Array,
  weights: Float64Array,
  ranks: Float64Array
): void => {
  let below = 0
  for (let i = 0; i < order.length; ) {
    let tied = 0
    let j = i
    for (; j < order.length && values[order[j]!]! - values[order[i]!]! <= TIED; j++)
      tied += weights[order[j]!]!
    for (let k = i; k < j; k++) ranks[order[k]!] = below + (tied + 1) / 2
    below += tied
    i = j
  }
}

/** Spearman's rho, tied scores sharing their mean rank. */
export const rankCorrelation = (x: ArrayLike<number>, y: ArrayLike<number>): WeightedStatistic => {
  const [orderX, orderY] = [orderOf(x), orderOf(y)]
  const [ranksX, ranksY] = [new Float64Array(x.length), new Float64Array(y.length)]
  const ofRanks = correlation(ranksX, ranksY)
  return (weights) => {
    rankInto(x, orderX, weights, ranksX)
    rankInto(y, orderY, weights, ranksY)
    return ofRanks(weights)
  }
}

/** Each value's place among the distinct values that occur in either list: what rank-weighted kappas measure by. */
export const placesOf = (
  x: ArrayLike<number>,
  y: ArrayLike<number>
): { readonly x: Float64Array; readonly y: Float64Array } => {
  const values = distinct(x, y)
  const place = (value: number): number => {
    let [low, high] = [0, values.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (values[middle]! <= value + TIED / 2) low = middle
      else high = middle - 1
    }
    return low
  }
  return { x: Float64Array.from(x, place), y: Float64Array.from(y, place) }
}
