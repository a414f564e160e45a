/**
 * Intraclass correlations of a complete item × rater matrix.
 *
 * Shrout & Fleiss (1979), Psychological Bulletin 86, 420–428, named their six forms; McGraw & Wong (1996),
 * Psychological Methods 1, 30–46, gave the same coefficients as (A)bsolute agreement or (C)onsistency. Both
 * names are given. Agreement asks whether raters give the same number, consistency only whether they order
 * the items alike: a judge 0.8 points too kind can have .84 on one and .29 on the other.
 */
import { pfUpper, qf } from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, mean, present } from "../Moments.ts"

/** The six forms by the names of Shrout & Fleiss; `k` marks the reliability of the mean of all raters. */
export type IccName = "ICC1" | "ICC2" | "ICC3" | "ICC1k" | "ICC2k" | "ICC3k"

/** What a form assumes and answers. */
export interface IccForm {
  /** The name McGraw & Wong use. */
  readonly mcGrawWong: string
  /** One-way: raters differ from item to item. Two-way: the same raters, drawn at random or these only. */
  readonly model: "one-way random" | "two-way random" | "two-way fixed"
  readonly definition: "agreement" | "consistency"
  /** Reliability of one rating or of the mean over the raters. */
  readonly unit: "single" | "average"
}

/** The six forms. */
export const forms: Readonly<Record<IccName, IccForm>> = {
  ICC1: { mcGrawWong: "ICC(1)", model: "one-way random", definition: "agreement", unit: "single" },
  ICC2: { mcGrawWong: "ICC(A,1)", model: "two-way random", definition: "agreement", unit: "single" },
  ICC3: { mcGrawWong: "ICC(C,1)", model: "two-way fixed", definition: "consistency", unit: "single" },
  ICC1k: { mcGrawWong: "ICC(k)", model: "one-way random", definition: "agreement", unit: "average" },
  ICC2k: { mcGrawWong: "ICC(A,k)", model: "two-way random", definition: "agreement", unit: "average" },
  ICC3k: { mcGrawWong: "ICC(C,k)", model: "two-way fixed", definition: "consistency", unit: "average" }
}

/** The F test of no difference between the items. */
export interface FTest {
  readonly F: number
  readonly df1: number
  readonly df2: number
  readonly p: number
}

/** One coefficient with what can be said about its uncertainty. */
export interface IccCoefficient {
  readonly estimate: number
  readonly interval: Estimable<Interval>
  readonly test: Estimable<FTest>
}

/** All six, with the analysis of variance they come from. */
export interface Icc {
  readonly items: number
  readonly raters: number
  /** Items left out because a rating is missing: ICCs by mean squares need every rater on every item. */
  readonly itemsDropped: number
  readonly meanSquares: {
    readonly items: number
    readonly raters: number
    readonly error: number
    readonly within: number
  }
  readonly coefficients: Readonly<Record<IccName, Estimable<IccCoefficient>>>
}

interface MeanSquares {
  readonly items: number
  readonly raters: number
  readonly error: number
  readonly within: number
}

const meanSquares = (rows: ReadonlyArray<ReadonlyArray<number>>): MeanSquares => {
  const n = rows.length
  const k = rows[0]!.length
  const grand = mean(rows.flat())
  const itemMeans = rows.map((row) => mean(row.map((x) => x - grand)))
  const raterMeans = rows[0]!.map((_, j) => mean(rows.map((row) => row[j]! - grand)))
  let total = 0
  let within = 0
  let error = 0
  rows.forEach((row, i) => {
    row.forEach((x, j) => {
      total += (x - grand) ** 2
      within += (x - grand - itemMeans[i]!) ** 2
      error += (x - grand - itemMeans[i]! - raterMeans[j]!) ** 2
    })
  })
  // What is left of an exactly zero sum of squares after rounding is zero.
  const clean = (x: number) => (x <= 1e-13 * total ? 0 : x)
  return {
    items: clean(k * itemMeans.reduce((s, m) => s + m * m, 0)) / (n - 1),
    raters: clean(n * raterMeans.reduce((s, m) => s + m * m, 0)) / (k - 1),
    error: clean(error) / ((n - 1) * (k - 1)),
    within: clean(within) / (n * (k - 1))
  }
}

const fTest = (top: number, bottom: number, df1: number, df2: number): Estimable<FTest> => {
  if (bottom === 0) return notEstimable("the ratings of an item do not vary, so F has no denominator")
  const F = top / bottom
  return finite({ F, df1, df2, p: pfUpper(F, df1, df2) })
}

/** The limits of McGraw & Wong's table 7 for ICC(A,1), with Satterthwaite's degrees of freedom `v`. */
const agreementLimits = (ms: MeanSquares, estimate: number, n: number, k: number, level: number) => {
  const upperP = 1 - (1 - level) / 2
  const fj = ms.raters / ms.error
  const b = n * (1 + (k - 1) * estimate) - k * estimate
  const v =
    ((k - 1) * (n - 1) * (k * estimate * fj + b) ** 2) / ((n - 1) * k ** 2 * estimate ** 2 * fj ** 2 + b ** 2)
  const fUpper = qf(upperP, n - 1, v)
  const fLower = qf(upperP, v, n - 1)
  const rest = k * ms.raters + (k * n - k - n) * ms.error
  return {
    lower: (n * (ms.items - fUpper * ms.error)) / (fUpper * rest + n * ms.items),
    upper: (n * (fLower * ms.items - ms.error)) / (rest + n * fLower * ms.items),
    level
  }
}

const none = "the ratings do not vary within items or over raters, so no interval exists"

/**
 * All six intraclass correlations, their F tests and intervals, from `rows[item][rater]`.
 *
 * Items with a missing rating are left out (as `psych::ICC(lmer = FALSE)` does) and counted. Fails with a
 * reason below two complete items or two raters, or if nothing varies. A single coefficient fails where its
 * denominator, an estimated variance, is not positive; an interval or test fails where the error is zero.
 * Estimates can be negative: that is the data's answer and is not cut at zero.
 */
export const icc = (rows: ReadonlyArray<ReadonlyArray<Cell>>, level = 0.95): Estimable<Icc> => {
  const k = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  const complete = rows.filter((row): row is ReadonlyArray<number> => row.length === k && row.every(present))
  const n = complete.length
  if (k < 2) return notEstimable("an intraclass correlation needs at least two raters")
  if (n < 2) return notEstimable("fewer than two items were rated by every rater")
  const ms = meanSquares(complete)
  if (ms.items === 0 && ms.within === 0) return notEstimable("all ratings are equal")

  const upperP = 1 - (1 - level) / 2
  const oneWay = fTest(ms.items, ms.within, n - 1, n * (k - 1))
  const twoWay = fTest(ms.items, ms.error, n - 1, (n - 1) * (k - 1))
  /** F limits: the F statistic over and times the quantiles. */
  const fLimits = (test: Estimable<FTest>): Estimable<Interval> =>
    test.ok
      ? finite({
          lower: test.value.F / qf(upperP, test.value.df1, test.value.df2),
          upper: test.value.F * qf(upperP, test.value.df2, test.value.df1),
          level
        })
      : notEstimable(none)
  const mapLimits = (limits: Estimable<Interval>, f: (x: number) => number): Estimable<Interval> =>
    limits.ok ? finite({ lower: f(limits.value.lower), upper: f(limits.value.upper), level }, none) : limits
  const ratio = (
    top: number,
    bottom: number,
    interval: (estimate: number) => Estimable<Interval>,
    test: Estimable<FTest>
  ): Estimable<IccCoefficient> => {
    if (!(bottom > 1e-13 * (ms.items + ms.within + ms.raters))) {
      return notEstimable("the estimated total variance, this coefficient's denominator, is not positive")
    }
    const estimate = top / bottom
    return finite({ estimate, interval: interval(estimate), test })
  }
  const single = (f: number) => (f - 1) / (f + k - 1)
  const average = (f: number) => 1 - 1 / f
  const spearmanBrown = (r: number) => (k * r) / (1 + (k - 1) * r)
  const limits1 = fLimits(oneWay)
  const limits3 = fLimits(twoWay)
  const icc2 = (ms.items - ms.error) / (ms.items + (k - 1) * ms.error + (k * (ms.raters - ms.error)) / n)
  const limits2: Estimable<Interval> =
    ms.error === 0 ? notEstimable(none) : finite(agreementLimits(ms, icc2, n, k, level), none)
  return estimable({
    items: n,
    raters: k,
    itemsDropped: rows.length - n,
    meanSquares: ms,
    coefficients: {
      ICC1: ratio(
        ms.items - ms.within,
        ms.items + (k - 1) * ms.within,
        () => mapLimits(limits1, single),
        oneWay
      ),
      ICC2: ratio(
        ms.items - ms.error,
        ms.items + (k - 1) * ms.error + (k * (ms.raters - ms.error)) / n,
        () => limits2,
        twoWay
      ),
      ICC3: ratio(
        ms.items - ms.error,
        ms.items + (k - 1) * ms.error,
        () => mapLimits(limits3, single),
        twoWay
      ),
      ICC1k: ratio(ms.items - ms.within, ms.items, () => mapLimits(limits1, average), oneWay),
      ICC2k: ratio(
        ms.items - ms.error,
        ms.items + (ms.raters - ms.error) / n,
        () => mapLimits(limits2, spearmanBrown),
        twoWay
      ),
      ICC3k: ratio(ms.items - ms.error, ms.items, () => mapLimits(limits3, average), twoWay)
    }
  })
}
