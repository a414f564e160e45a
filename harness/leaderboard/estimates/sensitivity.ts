/**
 * A table of people's ratings analysed in other ways: a bootstrap of posts and raters, an ordinal model, and with the
 * answers' length held equal. Each is compared with the table pair by pair.
 */
import { type Estimable, estimable, notEstimable } from "../../stats/Estimable.ts"
import * as Ordinal from "../../stats/ordinal/Ordinal.ts"
import * as ClusterBootstrap from "../../stats/resampling/ClusterBootstrap.ts"
import * as Tukey from "../../stats/Tukey.ts"
import { counted, listed } from "../formatNumber.ts"
import type { Contrast, PairInterval, Sensitivity } from "../Leaderboard.ts"
import { contrastsOf, postsOf } from "./analyseHuman.ts"
import { fitHuman } from "./humanModel.ts"
import { columnsOf, type LongRatings, type WordsOf } from "./LongRatings.ts"
import { against, changesOf } from "./pairsOf.ts"

type Method = Sensitivity["methods"][number]

const RESAMPLES = 1000
/** Above these the ordinal model, whose integral has no short way, would take minutes. */
const MOST_ORDINAL_RATINGS = 10_000
const MOST_ORDINAL_GROUPS = 800
/** More different values than this are no grades. */
const MOST_GRADES = 12

/** All pairs of columns of a replicate matrix, with intervals that hold together: estimate ± max-t quantile × SD. */
const fromReplicates = (
  sources: readonly string[],
  estimate: Float64Array,
  draws: readonly Float64Array[]
) => {
  const pairs = sources.flatMap((a, i) =>
    sources.slice(i + 1).map((b, j) => ({ a, b, at: i, to: i + 1 + j }))
  )
  const spread = pairs.map(({ at, to }) => {
    const centre = draws.reduce((sum, draw) => sum + draw[at]! - draw[to]!, 0) / draws.length
    return Math.sqrt(
      draws.reduce((sum, draw) => sum + (draw[at]! - draw[to]! - centre) ** 2, 0) / (draws.length - 1)
    )
  })
  const largest = draws
    .map((draw) =>
      pairs.reduce((most, { at, to }, p) => {
        const off = Math.abs(draw[at]! - draw[to]! - (estimate[at]! - estimate[to]!))
        return spread[p]! > 0 ? Math.max(most, off / spread[p]!) : most
      }, 0)
    )
    .sort((a, b) => a - b)
  const critical = largest[Math.min(largest.length - 1, Math.ceil(0.95 * largest.length) - 1)]!
  return pairs.map(({ a, b, at, to }, p): PairInterval => {
    const difference = estimate[at]! - estimate[to]!
    return {
      a,
      b,
      estimate: difference,
      lower: difference - critical * spread[p]!,
      upper: difference + critical * spread[p]!
    }
  })
}

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
  return estimable(fromReplicates(sources, draws[0]!, draws.slice(1)))
}

/** A cumulative logit model with rater, post and text; differences with Tukey's critical value. */
const ordinal = (long: LongRatings, sources: readonly string[]): Estimable<readonly PairInterval[]> => {
  const grades = new Set(long.rating).size
  if (grades > MOST_GRADES) return notEstimable(`the measure has ${grades} different values, not grades`)
  const post = Array.from(long.ordinal, String)
  const text = long.source.map((source, row) => `${post[row]} ${source}`)
  const groups = [long.rater, post, text].reduce((sum, names) => sum + new Set(names).size, 0)
  if (long.rating.length > MOST_ORDINAL_RATINGS || groups > MOST_ORDINAL_GROUPS) {
    return notEstimable(
      `not fitted: ${long.rating.length.toLocaleString("en")} ratings in ${groups.toLocaleString("en")} groups would take minutes`
    )
  }
  const fitted = Ordinal.fit(
    {
      ratings: [...long.rating],
      columns: Ordinal.treatment("", long.source, sources),
      random: [
        { name: "rater", groups: long.rater },
        { name: "post", groups: post },
        { name: "text", groups: text }
      ]
    },
    { link: "logit" }
  )
  if (!fitted.ok) return fitted
  const { coefficients, thresholds, vcov } = fitted.value
  const cuts = thresholds.length
  const effect = (s: number) => (s === 0 ? 0 : coefficients[s - 1]!.estimate)
  const covariance = (s: number, t: number) => (s === 0 || t === 0 ? 0 : vcov[cuts + s - 1]![cuts + t - 1]!)
  const critical = Tukey.quantile(0.95, sources.length, Number.POSITIVE_INFINITY) / Math.SQRT2
  return estimable(
    sources.flatMap((a, i) =>
      sources.slice(i + 1).map((b, offset): PairInterval => {
        const j = i + 1 + offset
        const estimate = effect(i) - effect(j)
        const half =
          critical * Math.sqrt(Math.max(0, covariance(i, i) + covariance(j, j) - 2 * covariance(i, j)))
        return { a, b, estimate, lower: estimate - half, upper: estimate + half }
      })
    )
  )
}

const lengthAdjusted = (long: LongRatings, sources: readonly string[], words: WordsOf) => {
  const columns = columnsOf(long, words)
  if (new Set(columns.length).size < 2) return notEstimable("all answers are of one length")
  const fitted = fitHuman(columns, sources, { length: true })
  return fitted.ok
    ? estimable<readonly PairInterval[]>(contrastsOf(fitted.value, postsOf(long).common))
    : fitted
}

const method = (
  name: string,
  unit: Method["unit"],
  contrasts: readonly Contrast[],
  given: Estimable<readonly PairInterval[]>
): Method => {
  // A check that leaves a pair of the table out has not checked the table.
  const lacking = given.ok ? contrasts.length - given.value.length : 0
  const result =
    lacking > 0
      ? notEstimable(`the ratings do not determine ${lacking} of ${counted(contrasts.length, "pair")} in it`)
      : given
  return result.ok
    ? {
        name,
        unit,
        contrasts: result.value.map(({ a, b, estimate, lower, upper }) => ({ a, b, estimate, lower, upper })),
        changes: changesOf(contrasts, result.value)
      }
    : { name, unit, contrasts: [], changes: [], reason: result.reason }
}

const conclusionOf = (methods: readonly Method[]): string => {
  const made = methods.filter(({ reason }) => reason === undefined)
  const other = made.filter((method) => against(method).length > 0)
  const fewer = made.filter((method) => against(method).length === 0 && method.changes.length > 0)
  const same = made.filter(({ changes }) => changes.length === 0)
  const names = (list: readonly Method[]) => listed(list.map(({ name }) => name))
  const left = methods.length - made.length
  const missing = left === 0 ? "" : ` ${counted(left, "check")} could not be made.`
  const less =
    fewer.length === 0 ? "" : ` Fewer pairs are separated by ${names(fewer)}, which is on the wide side.`
  if (made.length === 0) return `Whether the conclusion depends on the analysis is not known.${missing}`
  if (other.length > 0) return `The conclusion changes by ${names(other)}.${less}${missing}`
  return same.length === 0
    ? `No check speaks against the table.${less}${missing}`
    : `The conclusion does not change: every pair has the same verdict by ${names(same)}.${less}${missing}`
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
