/**
 * A table of people's ratings analysed in other ways: a bootstrap of posts and raters, an ordinal model, and with the
 * answers' length held equal. Each is compared with the table pair by pair.
 */
import { type Estimable, estimable, notEstimable } from "../../stats/Estimable.ts"
import * as ClusterBootstrap from "../../stats/resampling/ClusterBootstrap.ts"
import type { Contrast, PairInterval, Sensitivity } from "../Leaderboard.ts"
import { contrastsOf, postsOf } from "./analyseHuman.ts"
import { fitHuman } from "./humanModel.ts"
import { columnsOf, type LongRatings, type WordsOf } from "./LongRatings.ts"
import { conclusionOf, fromReplicates, method, ordinalPairs, RESAMPLES } from "./otherAnalyses.ts"

/**
 * Posts and raters drawn independently of one another (the pigeonhole bootstrap); means of ratings with equal domains.
 * Chance in single ratings counts up to three times (Owen 2007, Annals of Applied Statistics 1): it is on the wide side.
 */
const bootstrap = (
  long: LongRatings,
  sources: readonly string[],
  seed: number
): Estimable<readonly PairInterval[]> => {
  const domains = [...new Set(long.domain)].sort()
  const cell = Int32Array.from(
    long.source,
    (source, row) => sources.indexOf(source) * domains.length + domains.indexOf(long.domain[row]!)
  )
  const size = sources.length * domains.length
  const rated = new Uint8Array(size)
  for (const at of cell) rated[at] = 1
  const draws: Float64Array[] = []
  const statistic = (weights: Float64Array): number => {
    const sum = new Float64Array(size)
    const total = new Float64Array(size)
    for (let row = 0; row < weights.length; row++) {
      sum[cell[row]!]! += weights[row]! * long.rating[row]!
      total[cell[row]!]! += weights[row]!
    }
    const means = new Float64Array(sources.length)
    for (let s = 0; s < sources.length; s++) {
      let n = 0
      for (let at = s * domains.length; at < (s + 1) * domains.length; at++) {
        if (rated[at] === 0) continue
        // A draw without any post of a domain has no mean.
        means[s]! += sum[at]! / total[at]!
        n++
      }
      means[s]! /= n
    }
    const whole = means.reduce((a, b) => a + b, 0)
    if (Number.isFinite(whole)) draws.push(means)
    return whole
  }
  const done = ClusterBootstrap.twoWay(long.rater, Array.from(long.ordinal, String), statistic, {
    seed,
    resamples: RESAMPLES
  })
  if (!done.ok) return done
  // The first call is of the data as they are.
  const pairs = sources.flatMap((a, at) =>
    sources.slice(at + 1).map((b, j) => ({ a, b, at, to: at + 1 + j }))
  )
  const differences = (means: Float64Array) =>
    Float64Array.from(pairs, ({ at, to }) => means[at]! - means[to]!)
  return estimable(fromReplicates(pairs, differences(draws[0]!), draws.slice(1).map(differences)))
}

const ordinal = (long: LongRatings, sources: readonly string[]) => {
  const post = Array.from(long.ordinal, String)
  return ordinalPairs([...long.rating], long.source, sources, [
    { name: "rater", groups: long.rater },
    { name: "post", groups: post },
    { name: "text", groups: long.source.map((source, row) => `${post[row]} ${source}`) }
  ])
}

const lengthAdjusted = (long: LongRatings, sources: readonly string[], words: WordsOf) => {
  const columns = columnsOf(long, words)
  if (new Set(columns.length).size < 2) return notEstimable("all answers are of one length")
  const fitted = fitHuman(columns, sources, { length: true })
  return fitted.ok
    ? estimable<readonly PairInterval[]>(contrastsOf(fitted.value, postsOf(long).common))
    : fitted
}

/** Other analyses of the ratings behind `contrasts`, and whether they say the same. */
export const sensitivityOf = (
  long: LongRatings,
  sources: readonly string[],
  contrasts: readonly Contrast[],
  words: WordsOf,
  seed: number
): Sensitivity => {
  const methods = [
    { ...method("cluster bootstrap", "points", contrasts, bootstrap(long, sources, seed)), wide: true },
    method("ordinal model", "logits", contrasts, ordinal(long, sources)),
    method("length-adjusted", "points", contrasts, lengthAdjusted(long, sources, words))
  ]
  return { methods, conclusion: conclusionOf(methods) }
}
