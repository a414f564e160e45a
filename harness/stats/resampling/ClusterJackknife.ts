/**
 * Intervals of smooth statistics of clustered rows by the delete-a-group jackknife (Efron & Stein 1981; Kott
 * 2001, Journal of Official Statistics 17, 521–526): each cluster is left out once, the spread of the
 * results is the variance, and t has groups − 1 degrees of freedom.
 *
 * No random numbers, and a fraction of a bootstrap's work. A coefficient that cannot leave (−1, 1) is
 * transformed first (Fisher's z), a spread that cannot be negative by its logarithm, so that intervals stay
 * where their statistic can.
 */
import { qt } from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import type { WeightedStatistic } from "./ClusterBootstrap.ts"

/** On which scale the statistic is nearly normal. */
export type Stretch = "none" | "fisher" | "log"

/** A statistic with its interval. */
export interface Measured {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
  /** On the stretched scale. */
  readonly se: number
  readonly clusters: number
}

/** How to compute. */
export interface JackknifeOptions {
  readonly stretch?: Stretch
  readonly level?: number
  /** With more clusters than this they are dealt into that many groups, which are left out as wholes. */
  readonly groups?: number
}

const stretches: Readonly<Record<Stretch, readonly [(x: number) => number, (x: number) => number]>> = {
  none: [(x) => x, (x) => x],
  fisher: [Math.atanh, Math.tanh],
  log: [Math.log, Math.exp]
}

/** Codes of clusters in the order they first appear, dealt into at most `most` groups. */
const groupsOf = (clusters: readonly string[], most: number) => {
  const index = new Map<string, number>()
  for (const cluster of clusters) if (!index.has(cluster)) index.set(cluster, index.size)
  const size = Math.min(index.size, most)
  return { code: Int32Array.from(clusters, (cluster) => index.get(cluster)! % size), size }
}

/**
 * The statistic and its interval; `clusters[i]` names row i's. Weights are 0 or 1. Not estimable with fewer
 * than three clusters, where the rows determine no value, where leaving out one cluster leaves none, or at the
 * end of the statistic's range, where the stretched scale has no number.
 */
export const measured = (
  clusters: readonly string[],
  statistic: WeightedStatistic,
  options: JackknifeOptions = {}
): Estimable<Measured> => {
  const { stretch = "none", level = 0.95, groups = 400 } = options
  const { code, size } = groupsOf(clusters, groups)
  if (size < 3) return notEstimable("an interval needs texts on three posts")
  const [to, from] = stretches[stretch]
  const weights = new Float64Array(clusters.length).fill(1)
  const estimate = statistic(weights)
  if (!Number.isFinite(estimate)) return notEstimable("the ratings do not vary")
  const whole = to(estimate)
  if (!Number.isFinite(whole))
    return notEstimable("the value is at the end of its range, where no interval exists")
  const without = new Float64Array(size)
  let centre = 0
  for (let g = 0; g < size; g++) {
    for (let i = 0; i < weights.length; i++) weights[i] = code[i] === g ? 0 : 1
    without[g] = to(statistic(weights))
    if (!Number.isFinite(without[g]!))
      return notEstimable("a single post decides whether there is a value at all")
    centre += without[g]! / size
  }
  let squares = 0
  for (const value of without) squares += (value - centre) ** 2
  const se = Math.sqrt((squares * (size - 1)) / size)
  const half = qt((1 + level) / 2, size - 1) * se
  return estimable({ estimate, lower: from(whole - half), upper: from(whole + half), se, clusters: size })
}
