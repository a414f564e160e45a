/** What the other analyses of a table share: their form, the words about them, and estimators of all pairs. */
import { type Estimable, estimable, notEstimable } from "../../stats/Estimable.ts"
import * as Ordinal from "../../stats/ordinal/Ordinal.ts"
import * as Tukey from "../../stats/Tukey.ts"
import { counted, listed } from "../formatNumber.ts"
import type { Contrast, PairInterval, Sensitivity } from "../Leaderboard.ts"
import { against, changesOf } from "./pairsOf.ts"

type Method = Sensitivity["methods"][number]

/** Draws of a bootstrap. */
export const RESAMPLES = 1000
/** Above these the ordinal model, whose integral has no short way, would take minutes. */
const MOST_ORDINAL_RATINGS = 10_000
const MOST_ORDINAL_GROUPS = 800
/** More different values than this are no grades. */
const MOST_GRADES = 12

/** Pairs from draws of their differences, with intervals that hold together: estimate ± max-t quantile × SD. */
export const fromReplicates = (
  pairs: readonly { readonly a: string; readonly b: string }[],
  estimate: Float64Array,
  draws: readonly Float64Array[]
): readonly PairInterval[] => {
  const spread = pairs.map((_, p) => {
    const centre = draws.reduce((sum, draw) => sum + draw[p]!, 0) / draws.length
    return Math.sqrt(draws.reduce((sum, draw) => sum + (draw[p]! - centre) ** 2, 0) / (draws.length - 1))
  })
  const largest = draws
    .map((draw) =>
      pairs.reduce((most, _, p) => {
        const off = Math.abs(draw[p]! - estimate[p]!)
        return spread[p]! > 0 ? Math.max(most, off / spread[p]!) : most
      }, 0)
    )
    .sort((a, b) => a - b)
  const critical = largest[Math.min(largest.length - 1, Math.ceil(0.95 * largest.length) - 1)]!
  return pairs.map(({ a, b }, p): PairInterval => {
    const half = critical * spread[p]!
    return { a, b, estimate: estimate[p]!, lower: estimate[p]! - half, upper: estimate[p]! + half }
  })
}

/** All pairs by a cumulative logit model with random intercepts; differences in logits with Tukey's critical value. */
export const ordinalPairs = (
  ratings: readonly number[],
  source: readonly string[],
  sources: readonly string[],
  random: readonly Ordinal.RandomIntercept[]
): Estimable<readonly PairInterval[]> => {
  const grades = new Set(ratings).size
  if (grades > MOST_GRADES) return notEstimable(`the measure has ${grades} different values, not grades`)
  const groups = random.reduce((sum, factor) => sum + new Set(factor.groups).size, 0)
  if (ratings.length > MOST_ORDINAL_RATINGS || groups > MOST_ORDINAL_GROUPS) {
    return notEstimable(
      `not fitted: ${ratings.length.toLocaleString("en")} ratings in ${groups.toLocaleString("en")} groups would take minutes`
    )
  }
  const fitted = Ordinal.fit(
    { ratings, columns: Ordinal.treatment("", source, sources), random },
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

/** One analysis held against the table, pair by pair. */
export const method = (
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

/** Whether they say what the table says, in a sentence. */
export const conclusionOf = (methods: readonly Method[]): string => {
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
