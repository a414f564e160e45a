/**
 * Win rates from pairwise comparisons, a tie half a win to each, with intervals clustered by rater.
 *
 * Variance of a rate: G/(G − 1) Σ_g (Σ_{i∈g} w_i (y_i − rate))², the linearised cluster variance. Interval:
 * Korn & Graubard (1998), Clopper–Pearson at the effective sample size rate(1 − rate)/variance, reduced by
 * (z / t_{G−1})² and never above the number of comparisons: it stays in [0, 1] and has width at 0 and 1,
 * where the effective size is taken as the number of raters.
 */
import * as Distributions from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import type { Comparison } from "./PairwiseDesign.ts"

/** A share of wins in [0, 1]. */
export interface Rate {
  readonly rate: number
  /** Clustered by rater; 0 where no rater deviates. */
  readonly se: number
  readonly lower: number
  readonly upper: number
}

export interface PairRate {
  /** How often `a` is preferred to `b`. */
  readonly a: string
  readonly b: string
  readonly rate: Estimable<Rate>
  readonly n: number
  readonly ties: number
  readonly raters: number
}

export interface SourceRate {
  readonly source: string
  /** Mean over the opponents met, each weighing the same. */
  readonly rate: Estimable<Rate>
  readonly opponents: number
  readonly n: number
}

export interface WinRates {
  readonly sources: readonly SourceRate[]
  /** All pairs that met, `a` before `b` in the order of the sources. */
  readonly pairs: readonly PairRate[]
}

interface Outcome {
  readonly y: number
  readonly centre: number
  readonly weight: number
  readonly rater: string | undefined
}

const rateOf = (outcomes: readonly Outcome[], level: number): Estimable<Rate> => {
  if (outcomes.length === 0) return notEstimable("there are no comparisons")
  const sums = new Map<string, number>()
  let rate = 0
  for (const { y, centre, weight, rater } of outcomes) {
    if (rater === undefined) return notEstimable("some comparisons do not say who judged")
    rate += weight * y
    sums.set(rater, (sums.get(rater) ?? 0) + weight * (y - centre))
  }
  const clusters = sums.size
  if (clusters < 2) return notEstimable("a single rater judged all comparisons")
  let squares = 0
  for (const sum of sums.values()) squares += sum * sum
  rate = Math.min(1, Math.max(0, rate))
  const variance = squares < 1e-24 ? 0 : (squares * clusters) / (clusters - 1)
  const certain = rate < 1e-12 || rate > 1 - 1e-12
  const effective = certain ? clusters : variance === 0 ? outcomes.length : (rate * (1 - rate)) / variance
  const probability = (1 + level) / 2
  const ratio = Distributions.qnorm(probability) / Distributions.qt(probability, clusters - 1)
  const size = Math.min(outcomes.length, effective * ratio * ratio)
  const wins = size * rate
  const losses = size * (1 - rate)
  return estimable({
    rate,
    se: Math.sqrt(variance),
    lower: rate < 1e-12 ? 0 : Math.min(rate, Distributions.qbeta(1 - probability, wins, losses + 1)),
    upper: rate > 1 - 1e-12 ? 1 : Math.max(rate, Distributions.qbeta(probability, wins + 1, losses))
  })
}

/**
 * Win rates of all sources and pairs. `sources` sets their order, alphabetical unless given; comparisons with
 * others, or of a source with itself, are left out. A rate is not estimable without comparisons, with a
 * single rater, or where a comparison does not name its rater.
 */
export const winRates = (
  comparisons: readonly Comparison[],
  options: { readonly sources?: readonly string[]; readonly level?: number } = {}
): WinRates => {
  const level = options.level ?? 0.95
  const sources = options.sources ?? [...new Set(comparisons.flatMap(({ a, b }) => [a, b]))].sort()
  /** By pair: what the earlier-listed source won. */
  const met = new Map<string, { y: number; rater: string | undefined }[]>()
  const key = (s: number, t: number) => `${Math.min(s, t)},${Math.max(s, t)}`
  const position = new Map(sources.map((source, s) => [source, s]))
  for (const { a, b, winner, rater } of comparisons) {
    const [s, t] = [position.get(a), position.get(b)]
    if (s === undefined || t === undefined || s === t) continue
    const forA = winner === "tie" ? 0.5 : winner === "a" ? 1 : 0
    const list = met.get(key(s, t)) ?? []
    list.push({ y: s < t ? forA : 1 - forA, rater })
    met.set(key(s, t), list)
  }
  const mean = (list: readonly { y: number }[]) => list.reduce((sum, { y }) => sum + y, 0) / list.length

  const pairs: PairRate[] = []
  for (let s = 0; s < sources.length; s++) {
    for (let t = s + 1; t < sources.length; t++) {
      const list = met.get(key(s, t))
      if (list === undefined) continue
      const centre = mean(list)
      pairs.push({
        a: sources[s]!,
        b: sources[t]!,
        rate: rateOf(
          list.map(({ y, rater }) => ({ y, centre, weight: 1 / list.length, rater })),
          level
        ),
        n: list.length,
        ties: list.filter(({ y }) => y === 0.5).length,
        raters: new Set(list.map(({ rater }) => rater)).size
      })
    }
  }
  const withRate = sources.map((source, s): SourceRate => {
    const against = sources.flatMap((_, t) => {
      const list = t === s ? undefined : met.get(key(s, t))
      return list === undefined ? [] : [s < t ? list : list.map(({ y, rater }) => ({ y: 1 - y, rater }))]
    })
    const outcomes = against.flatMap((list) => {
      const centre = mean(list)
      return list.map(({ y, rater }) => ({ y, centre, weight: 1 / (list.length * against.length), rater }))
    })
    return { source, rate: rateOf(outcomes, level), opponents: against.length, n: outcomes.length }
  })
  return { sources: withRate, pairs }
}
