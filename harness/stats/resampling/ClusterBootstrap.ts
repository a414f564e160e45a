/**
 * The bootstrap of clustered rows: whole clusters are drawn, and a cluster drawn twice counts twice.
 *
 * One way: the clusters of one factor (Davison & Hinkley 1997, 3.8). Two ways: raters and posts drawn
 * independently of one another, a row weighted by the product of its two multiplicities: the pigeonhole
 * bootstrap (Owen 2007, Annals of Applied Statistics 1, 386–411). Mildly conservative: it counts the variance
 * of single ratings up to three times, the variances of raters and posts about once.
 */

import { type Estimable, notEstimable } from "../Estimable.ts"
import * as Random from "../Random.ts"
import * as Bootstrap from "./Bootstrap.ts"

/**
 * A statistic of the rows under whole-number weights: weight 2 means the row is there twice. NaN where the
 * weighted rows determine none. The array is reused between calls: not to be kept.
 */
export type WeightedStatistic = (weights: Float64Array) => number

export interface ClusterOptions {
  readonly seed: number
  /** 2000 unless given. */
  readonly resamples?: number
}

const number = (labels: readonly string[]) => {
  const index = new Map<string, number>()
  const code = Int32Array.from(labels, (label) => {
    const known = index.get(label)
    if (known !== undefined) return known
    index.set(label, index.size)
    return index.size - 1
  })
  return { code, size: index.size }
}

/** How often each of `size` clusters is drawn, in place. */
const multiplicities = (counts: Float64Array, random: Random.Random): void => {
  counts.fill(0)
  for (let i = 0; i < counts.length; i++) counts[random.below(counts.length)]!++
}

/**
 * Replicates over draws of the clusters; `cluster[i]` names row i's. Not estimable with a single cluster, or
 * as `Bootstrap.run`. For intervals: `Bootstrap.percentile`.
 */
export const oneWay = (
  cluster: readonly string[],
  statistic: WeightedStatistic,
  options: ClusterOptions
): Estimable<Bootstrap.Replicates> => {
  const { code, size } = number(cluster)
  if (size < 2) return notEstimable("fewer than two clusters to resample")
  const random = Random.make(options.seed)
  const weights = new Float64Array(code.length).fill(1)
  const counts = new Float64Array(size)
  return Bootstrap.collect(statistic(weights), options.resamples ?? 2000, () => {
    multiplicities(counts, random)
    for (let i = 0; i < code.length; i++) weights[i] = counts[code[i]!]!
    return statistic(weights)
  })
}

/**
 * Replicates over independent draws of two crossed factors, such as rater and post. Not estimable when either
 * has a single level, or as `Bootstrap.run`; throws a RangeError when the two lengths differ.
 */
export const twoWay = (
  first: readonly string[],
  second: readonly string[],
  statistic: WeightedStatistic,
  options: ClusterOptions
): Estimable<Bootstrap.Replicates> => {
  if (first.length !== second.length) throw new RangeError("the two factors have different lengths")
  const one = number(first)
  const two = number(second)
  if (one.size < 2 || two.size < 2) return notEstimable("fewer than two clusters to resample")
  const random = Random.make(options.seed)
  const weights = new Float64Array(one.code.length).fill(1)
  const counts = [new Float64Array(one.size), new Float64Array(two.size)] as const
  return Bootstrap.collect(statistic(weights), options.resamples ?? 2000, () => {
    multiplicities(counts[0], random)
    multiplicities(counts[1], random)
    for (let i = 0; i < weights.length; i++) weights[i] = counts[0][one.code[i]!]! * counts[1][two.code[i]!]!
    return statistic(weights)
  })
}

/** The weighted mean of `values`: the statistic most often needed. NaN when all weights are zero. */
export const weightedMean =
  (values: ArrayLike<number>): WeightedStatistic =>
  (weights) => {
    let sum = 0
    let total = 0
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i]!
      if (weight === 0) continue
      sum += weight * values[i]!
      total += weight
    }
    return sum / total
  }
