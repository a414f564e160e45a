/**
 * Cumulative link models of ratings, logit and probit, with any number of crossed random intercepts by
 * Laplace's approximation: the sensitivity analysis beside the linear mixed model, for ratings of which only
 * the order counts. Equal to R's `ordinal::clm` and `ordinal::clmm` (Christensen 2022).
 *
 * Coefficients are shifts of the latent scale; a positive one means higher ratings. Standard errors are Wald's.
 */

import { qnorm, twoSided } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, present } from "../Moments.ts"
import type { Link } from "./CumulativeLink.ts"
import * as Fixed from "./OrdinalFixed.ts"
import * as Mixed from "./OrdinalMixed.ts"

/** A numeric column of the fixed effects; no intercept, the thresholds take its place. */
export interface Column {
  readonly name: string
  readonly values: ReadonlyArray<Cell>
}

/** A random intercept: the group of each rating. */
export interface RandomIntercept {
  readonly name: string
  readonly groups: ReadonlyArray<string>
}

/** Ratings and what explains them, all of one length. A row with a hole in it is left out. */
export interface OrdinalData {
  readonly ratings: ReadonlyArray<Cell>
  readonly columns: ReadonlyArray<Column>
  readonly random?: ReadonlyArray<RandomIntercept>
}

/** One threshold or coefficient, with Wald's z test of zero. */
export interface OrdinalEstimate {
  readonly name: string
  readonly estimate: number
  readonly se: number
  readonly z: number
  readonly p: number
  readonly interval: Interval
}

/** Spread of a random intercept on the latent scale. */
export interface OrdinalVariance {
  readonly name: string
  readonly groups: number
  readonly sd: number
  readonly variance: number
}

/** A fit. */
export interface OrdinalFit {
  readonly link: Link
  readonly n: number
  /** Rows left out for a missing value. */
  readonly missing: number
  /** The rating values in order; thresholds lie between them. */
  readonly levels: ReadonlyArray<number>
  readonly thresholds: ReadonlyArray<OrdinalEstimate>
  readonly coefficients: ReadonlyArray<OrdinalEstimate>
  /** Of thresholds, then coefficients. */
  readonly vcov: ReadonlyArray<ReadonlyArray<number>>
  readonly random: ReadonlyArray<OrdinalVariance>
  /** True if a variance is zero: a normal result, not an error. */
  readonly singular: boolean
  readonly logLik: number
  readonly df: number
  readonly AIC: number
  readonly BIC: number
  /** Random intercepts left out because they have one group, or one for every rating. */
  readonly dropped: ReadonlyArray<string>
}

/** Treatment contrasts of a factor: one 0/1 column a level but the first, named `name + level` as in R. */
export const treatment = (
  name: string,
  values: ReadonlyArray<string>,
  levels: ReadonlyArray<string>
): ReadonlyArray<Column> =>
  levels
    .slice(1)
    .map((level) => ({ name: `${name}${level}`, values: values.map((v) => Number(v === level)) }))

/**
 * Fits the model; with `random` by Laplace's approximation, without it exactly.
 *
 * Fails with a reason with fewer than two rating values, on collinear columns, where an estimate would be
 * infinite (a source with only the highest or only the lowest ratings), or where the maximum is not reached.
 */
export const fit = (
  data: OrdinalData,
  options: { readonly link: Link; readonly level?: number }
): Estimable<OrdinalFit> => {
  const { link, level = 0.95 } = options
  const kept: Array<number> = []
  data.ratings.forEach((rating, i) => {
    if (present(rating) && data.columns.every((column) => present(column.values[i]))) kept.push(i)
  })
  const n = kept.length
  const levels = [...new Set(kept.map((i) => data.ratings[i] as number))].sort((a, b) => a - b)
  if (levels.length < 2) return notEstimable("all ratings are equal, or there are none")
  const code = new Map(levels.map((value, k) => [value, k]))
  // Centred and scaled inside, so that years or word counts do no harm to the numerics.
  const columns = data.columns.map((column) => {
    const values = Float64Array.from(kept, (i) => column.values[i] as number)
    const center = values.reduce((s, x) => s + x, 0) / n
    const spread = Math.sqrt(values.reduce((s, x) => s + (x - center) ** 2, 0) / n)
    return { values, center, spread }
  })
  const flat = columns.findIndex((column) => !(column.spread > 1e-12 * Math.abs(column.center)))
  if (flat >= 0) return notEstimable(`the column ${data.columns[flat]!.name} is constant`)
  const problem: Fixed.OrdinalProblem = {
    link,
    y: Int32Array.from(kept, (i) => code.get(data.ratings[i] as number)!),
    categories: levels.length,
    columns: columns.map(({ values, center, spread }) => values.map((x) => (x - center) / spread))
  }
  const base = Fixed.maximise(problem)
  if (!base.ok) return base

  const groupings = (data.random ?? []).map(({ name, groups }) => {
    const codes = new Map<string, number>()
    const index = Int32Array.from(kept, (i) => {
      const group = groups[i]!
      if (!codes.has(group)) codes.set(group, codes.size)
      return codes.get(group)!
    })
    return { name, index, size: codes.size }
  })
  const random = groupings.filter(({ size }) => size > 1 && size < n)
  const solution: Estimable<Mixed.MixedSolution> =
    random.length === 0
      ? { ok: true, value: { ...base.value, sigma: [] } }
      : Mixed.minimise(problem, random, base.value)
  if (!solution.ok) return solution

  const { parameters, covariance, logLik, sigma } = solution.value
  const cuts = levels.length - 1
  const size = parameters.length
  // Back to the columns as given: β = β*/spread, threshold = threshold* + Σ β·center.
  const back = Array.from({ length: size }, (_, row) => {
    const line = new Float64Array(size)
    if (row < cuts) {
      line[row] = 1
      columns.forEach(({ center, spread }, m) => {
        line[cuts + m] = center / spread
      })
    } else line[row] = 1 / columns[row - cuts]!.spread
    return line
  })
  const estimates = back.map((line) => line.reduce((s, x, i) => s + x * parameters[i]!, 0))
  const half = back.map((line) =>
    line.map((_, j) => line.reduce((s, x, i) => s + x * covariance[i * size + j]!, 0))
  )
  const vcov = half.map((row) => back.map((line) => line.reduce((s, x, j) => s + x * row[j]!, 0)))
  const z = qnorm((1 + level) / 2)
  const names = [
    ...levels.slice(1).map((high, k) => `${levels[k]}|${high}`),
    ...data.columns.map((column) => column.name)
  ]
  const rows = estimates.map((estimate, i): OrdinalEstimate => {
    const se = Math.sqrt(vcov[i]![i]!)
    const interval = { lower: estimate - z * se, upper: estimate + z * se, level }
    const statistic = estimate / se
    return {
      name: names[i]!,
      estimate,
      se,
      z: statistic,
      p: twoSided(statistic, Number.POSITIVE_INFINITY),
      interval
    }
  })
  const df = size + random.length
  return finite({
    link,
    n,
    missing: data.ratings.length - n,
    levels,
    thresholds: rows.slice(0, cuts),
    coefficients: rows.slice(cuts),
    vcov,
    random: random.map(({ name, size: groups }, j) => ({
      name,
      groups,
      sd: sigma[j]!,
      variance: sigma[j]! ** 2
    })),
    singular: sigma.some((s) => s === 0),
    logLik,
    df,
    AIC: 2 * df - 2 * logLik,
    BIC: df * Math.log(n) - 2 * logLik,
    dropped: groupings.filter((grouping) => !random.includes(grouping)).map(({ name }) => name)
  })
}
