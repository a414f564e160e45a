/**
 * Krippendorff's alpha: agreement of any number of raters, with missing ratings, for four metrics.
 *
 * Krippendorff (2011), "Computing Krippendorff's alpha-reliability": alpha = 1 − observed / expected
 * disagreement over all pairable values. The coincidence matrix is not built: its nominal and quadratic
 * disagreements are sums that need one pass over the values, which keeps 200,000 ratings and the bootstrap
 * cheap. The ordinal metric is the interval metric of mid-ranks over all pairable values:
 * Σ(n between c and k) − (nc + nk)/2 is the distance of the two mid-ranks.
 */
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, mean, present } from "../Moments.ts"
import * as Random from "../Random.ts"
import type { WeightedStatistic } from "../resampling/ClusterBootstrap.ts"

/** How far apart two values are: different or not; by ranks between; by their difference; by their ratio. */
export type Metric = "nominal" | "ordinal" | "interval" | "ratio"

/** Alpha with the data it used. */
export interface Alpha {
  readonly estimate: number
  readonly observed: number
  readonly expected: number
  /** Items with at least two ratings; the others cannot agree or disagree. */
  readonly units: number
  /** Ratings in those items. */
  readonly values: number
}

/** A bootstrap interval and how it was made. */
export interface AlphaInterval extends Interval {
  readonly seed: number
  readonly replicates: number
  /** Replicates that had no alpha, because all their values were equal; they are left out. */
  readonly degenerate: number
}

/** The pairable values: per unit the codes of its values, in one flat array, and the sorted distinct values. */
interface Units {
  readonly codes: Int32Array
  readonly start: Int32Array
  readonly levels: Float64Array
}

const pairable = (units: ReadonlyArray<ReadonlyArray<Cell>>): Units => {
  const kept = units.map((unit) => unit.filter(present)).filter((unit) => unit.length >= 2)
  const levels = Float64Array.from(new Set(kept.flat())).sort()
  const code = new Map(Array.from(levels, (value, i) => [value, i]))
  const start = new Int32Array(kept.length + 1)
  kept.forEach((unit, u) => {
    start[u + 1] = start[u]! + unit.length
  })
  return { codes: Int32Array.from(kept.flat(), (value) => code.get(value)!), start, levels }
}

/** The place of each level on the line where the quadratic metrics measure. */
const scores = (metric: Metric, levels: Float64Array, counts: Float64Array): Float64Array => {
  if (metric === "ordinal") {
    let below = 0
    return counts.map((count) => {
      below += count
      return below - count / 2
    })
  }
  const center = mean(levels)
  return levels.map((level) => level - center)
}

const ratioDistance = (a: number, b: number): number => (a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2)

/** Σ over ordered pairs of distances, for counts of each level. */
const pairSum = (metric: Metric, counts: Float64Array, at: Float64Array, levels: Float64Array): number => {
  let n = 0
  let first = 0
  let second = 0
  if (metric === "nominal") {
    for (const count of counts) {
      n += count
      second += count * count
    }
    return n * n - second
  }
  if (metric === "ratio") {
    for (let a = 0; a < levels.length; a++) {
      if (counts[a] === 0) continue
      for (let b = 0; b < a; b++) first += counts[a]! * counts[b]! * ratioDistance(levels[a]!, levels[b]!)
    }
    return 2 * first
  }
  for (let c = 0; c < counts.length; c++) {
    n += counts[c]!
    first += counts[c]! * at[c]!
  }
  const center = first / n
  for (let c = 0; c < counts.length; c++) second += counts[c]! * (at[c]! - center) ** 2
  return 2 * n * second
}

/** Σ over ordered pairs of distances inside unit `u`. */
const unitSum = (metric: Metric, data: Units, u: number, at: Float64Array): number => {
  const from = data.start[u]!
  const to = data.start[u + 1]!
  if (metric === "ordinal" || metric === "interval") {
    let total = 0
    for (let i = from; i < to; i++) total += at[data.codes[i]!]!
    const center = total / (to - from)
    let squares = 0
    for (let i = from; i < to; i++) squares += (at[data.codes[i]!]! - center) ** 2
    return 2 * (to - from) * squares
  }
  let pairs = 0
  for (let i = from; i < to; i++) {
    for (let j = from; j < i; j++) {
      const a = data.codes[i]!
      const b = data.codes[j]!
      if (a !== b) pairs += metric === "nominal" ? 1 : ratioDistance(data.levels[a]!, data.levels[b]!)
    }
  }
  return 2 * pairs
}

/** Observed and expected disagreement when unit `u` is drawn `times(u)` times; undefined if nothing varies. */
const disagreement = (metric: Metric, data: Units, times: (u: number) => number) => {
  const counts = new Float64Array(data.levels.length)
  const drawn = data.start.length - 1
  for (let u = 0; u < drawn; u++) {
    const weight = times(u)
    for (let i = data.start[u]!; i < data.start[u + 1]!; i++) counts[data.codes[i]!]! += weight
  }
  if (counts.reduce((used, count) => used + (count > 0 ? 1 : 0), 0) < 2) return undefined
  const n = counts.reduce((total, count) => total + count, 0)
  const at = scores(metric, data.levels, counts)
  let observed = 0
  for (let u = 0; u < drawn; u++) {
    const weight = times(u)
    if (weight > 0) {
      observed += (weight * unitSum(metric, data, u, at)) / (data.start[u + 1]! - data.start[u]! - 1)
    }
  }
  return { observed: observed / n, expected: pairSum(metric, counts, at, data.levels) / (n * (n - 1)) }
}

const unusable = (metric: Metric, data: Units): string | undefined => {
  if (data.start.length === 1) return "no item has two ratings"
  if (data.levels.length < 2) return "all ratings are equal, so no disagreement is expected"
  if (metric === "ratio" && data.levels[0]! < 0) return "a ratio scale has no negative values"
  return undefined
}

/**
 * Alpha of `units[item]`, each the ratings of one item in any order, holes allowed.
 *
 * Fails with a reason if no item has two ratings, if all pairable ratings are equal, or for negative values
 * on the ratio metric. Codes of a nominal scale may be any numbers.
 */
export const alpha = (units: ReadonlyArray<ReadonlyArray<Cell>>, metric: Metric): Estimable<Alpha> => {
  const data = pairable(units)
  const reason = unusable(metric, data)
  const found = reason === undefined ? disagreement(metric, data, () => 1) : undefined
  if (found === undefined) return notEstimable(reason ?? "all ratings are equal")
  return finite({
    estimate: 1 - found.observed / found.expected,
    observed: found.observed,
    expected: found.expected,
    units: data.start.length - 1,
    values: data.codes.length
  })
}

/**
 * Alpha as a function of how often each item counts (whole numbers, 0 leaves it out), for resampling: items are
 * sorted into pairs once and not at every draw. NaN where the items that count determine no alpha.
 */
export const weighted = (units: ReadonlyArray<ReadonlyArray<Cell>>, metric: Metric): WeightedStatistic => {
  const data = pairable(units)
  const places = units.flatMap((unit, i) => (unit.filter(present).length < 2 ? [] : [i]))
  if (unusable(metric, data) !== undefined) return () => Number.NaN
  return (weights) => {
    const found = disagreement(metric, data, (u) => weights[places[u]!]!)
    return found === undefined ? Number.NaN : 1 - found.observed / found.expected
  }
}

/**
 * A percentile bootstrap interval of alpha: items are drawn with replacement (they are the sample; the raters
 * are taken as they are), duplicates counted as often as drawn.
 *
 * Fails as `alpha` does, with fewer than five items, or if more than one replicate in twenty has no alpha.
 */
export const interval = (
  units: ReadonlyArray<ReadonlyArray<Cell>>,
  metric: Metric,
  options: { readonly seed: number; readonly replicates?: number; readonly level?: number }
): Estimable<AlphaInterval> => {
  const { seed, replicates = 1000, level = 0.95 } = options
  const data = pairable(units)
  const reason = unusable(metric, data)
  if (reason !== undefined) return notEstimable(reason)
  const count = data.start.length - 1
  if (count < 5) return notEstimable("fewer than five items with two ratings are too few to resample")
  const random = Random.make(seed)
  const drawn: Array<number> = []
  const times = new Int32Array(count)
  for (let b = 0; b < replicates; b++) {
    times.fill(0)
    for (let u = 0; u < count; u++) times[random.below(count)]! += 1
    const found = disagreement(metric, data, (u) => times[u]!)
    if (found !== undefined && found.expected > 0) drawn.push(1 - found.observed / found.expected)
  }
  if (drawn.length < 0.95 * replicates) {
    return notEstimable("too many bootstrap samples of the items have ratings that are all equal")
  }
  drawn.sort((a, b) => a - b)
  const quantile = (p: number) => {
    const h = (drawn.length - 1) * p
    const i = Math.floor(h)
    return drawn[i]! + (h - i) * ((drawn[i + 1] ?? drawn[i]!) - drawn[i]!)
  }
  return finite({
    lower: quantile((1 - level) / 2),
    upper: quantile((1 + level) / 2),
    level,
    seed,
    replicates,
    degenerate: replicates - drawn.length
  })
}
