/**
 * Every coefficient of agreement that fits a table of items × raters, each a value or the reason why there is
 * none. Which is the right one is the reader's choice; that they are all there guards against choosing by size.
 */

import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import { type Friedman, friedman } from "../groups/Friedman.ts"
import { type Cell, mean, present } from "../Moments.ts"
import type { AgreementTable, Scale } from "./AgreementTable.ts"
import { type BlandAltman, blandAltman } from "./BlandAltman.ts"
import { type Concordance, concordance } from "./Concordance.ts"
import { type Correlation, kendall, pearson, type Spearman, spearman } from "./Correlation.ts"
import { type Cronbach, cronbach } from "./Cronbach.ts"
import { type FleissKappa, fleiss, tabulate } from "./FleissKappa.ts"
import { forms, type IccCoefficient, type IccName, icc } from "./Icc.ts"
import { type IccOneWay, iccOneWay } from "./IccOneWay.ts"
import { type Kappa, kappa, type Weights } from "./Kappa.ts"
import { type Alpha, type AlphaInterval, alpha, interval, type Metric } from "./Krippendorff.ts"

/** Weighted kappas by their names; `Ranks` marks weights on ranks of the observed values. */
export type KappaName = "unweighted" | "linear" | "quadratic" | "linearRanks" | "quadraticRanks"

/** Two raters over the items both rated. */
export interface Pair {
  readonly a: string
  readonly b: string
  readonly items: number
  readonly percentAgreement: Estimable<number>
  readonly kappa: Readonly<Record<KappaName, Estimable<Kappa>>>
  readonly pearson: Estimable<Correlation>
  readonly spearman: Estimable<Spearman>
  readonly kendall: Estimable<Correlation>
  readonly concordance: Estimable<Concordance>
  /** Differences a − b. */
  readonly blandAltman: Estimable<BlandAltman>
}

/** What was rated by whom. */
export interface Design {
  readonly scale: Scale
  readonly items: number
  readonly raters: ReadonlyArray<string>
  readonly ratings: number
  /** Items rated by every rater. */
  readonly completeItems: number
  /** Fewest, mean and most ratings an item; items without ratings are not counted in `items`. */
  readonly ratingsPerItem: { readonly min: number; readonly mean: number; readonly max: number }
}

/** All of it. */
export interface Agreement {
  readonly design: Design
  readonly icc: Readonly<Record<IccName, Estimable<IccCoefficient>>>
  /** ICC(1) where raters differ from item to item, in unequal numbers. */
  readonly iccOneWay: Estimable<IccOneWay>
  readonly alpha: Readonly<Record<Metric, Estimable<Alpha>>>
  readonly alphaInterval: Readonly<Record<Metric, Estimable<AlphaInterval>>>
  /** Cohen's, of exactly two raters. */
  readonly kappa: Readonly<Record<KappaName, Estimable<Kappa>>>
  /** Light's: the mean of Cohen's over all pairs of raters. */
  readonly lightKappa: Readonly<Record<KappaName, Estimable<number>>>
  readonly fleissKappa: Estimable<FleissKappa>
  readonly cronbach: Estimable<Cronbach>
  /** Raters as blocks ranking the items: Kendall's W. */
  readonly kendallW: Estimable<Friedman>
  /** Items as blocks: do the raters differ in level? */
  readonly raterLevels: Estimable<Friedman>
  /** Every pair of raters, up to `maxPairRaters` raters. */
  readonly pairs: Estimable<ReadonlyArray<Pair>>
}

/** How to compute. */
export interface AgreementOptions {
  readonly level?: number
  /** Of the bootstrap of alpha. */
  readonly seed?: number
  readonly replicates?: number
  /** The points of the scale, for the observed and expected agreement of weighted kappa. */
  readonly categories?: ReadonlyArray<number>
  /** With more raters than this the pairs are not listed (their number grows with the square). */
  readonly maxPairRaters?: number
}

const metrics: ReadonlyArray<Metric> = ["nominal", "ordinal", "interval", "ratio"]

/** The kappas: weights, and distance of values or ranks. */
const kappas: Readonly<Record<KappaName, readonly [Weights, "values" | "ranks"]>> = {
  unweighted: ["unweighted", "values"],
  linear: ["linear", "values"],
  quadratic: ["quadratic", "values"],
  linearRanks: ["linear", "ranks"],
  quadraticRanks: ["quadratic", "ranks"]
}

const record = <K extends string, A>(keys: ReadonlyArray<K>, f: (key: K) => A): Record<K, A> =>
  Object.fromEntries(keys.map((key) => [key, f(key)])) as Record<K, A>

const kappaNames = Object.keys(kappas) as ReadonlyArray<KappaName>

const order: ReadonlyArray<Scale> = ["nominal", "ordinal", "interval"]

/** `compute`, if the scale reaches up to `needed`. */
const onScale = <A>(scale: Scale, needed: Scale, compute: () => Estimable<A>): Estimable<A> =>
  order.indexOf(scale) >= order.indexOf(needed)
    ? compute()
    : notEstimable(`the coefficient needs ${needed === "ordinal" ? "an ordinal or" : "an"} interval scale`)

const pair = (table: AgreementTable, a: number, b: number, options: AgreementOptions): Pair => {
  const { scale, raters, cells } = table
  const x = cells.map((row) => row[a])
  const y = cells.map((row) => row[b])
  const both = cells.filter((row) => present(row[a]) && present(row[b]))
  const level = options.level ?? 0.95
  const categories = options.categories ?? []
  return {
    a: raters[a]!,
    b: raters[b]!,
    items: both.length,
    percentAgreement:
      both.length === 0
        ? notEstimable("no item was rated by both raters")
        : estimable((100 * both.filter((row) => row[a] === row[b]).length) / both.length),
    kappa: record(kappaNames, (name) =>
      onScale(scale, name === "unweighted" ? "nominal" : "ordinal", () => {
        const [weights, distance] = kappas[name]
        return kappa(x, y, { weights, distance, categories, level })
      })
    ),
    pearson: onScale(scale, "interval", () => pearson(x, y, level)),
    spearman: onScale(scale, "ordinal", () => spearman(x, y, level)),
    kendall: onScale(scale, "ordinal", () => kendall(x, y, level)),
    concordance: onScale(scale, "interval", () => concordance(x, y, level)),
    blandAltman: onScale(scale, "interval", () => blandAltman(x, y, level))
  }
}

const light = (pairs: ReadonlyArray<Pair>, name: KappaName): Estimable<number> => {
  const values = pairs.map((each) => each.kappa[name])
  const failed = values.find((value) => !value.ok)
  if (failed !== undefined && !failed.ok)
    return notEstimable(`a pair of raters has no kappa: ${failed.reason}`)
  return estimable(mean(values.flatMap((value) => (value.ok ? [value.value.estimate] : []))))
}

/**
 * All coefficients of `table`.
 *
 * Fails as a whole only without any rating. With one rater an item every coefficient carries that reason:
 * then the ratings say nothing about agreement, however many they are.
 */
export const agreement = (table: AgreementTable, options: AgreementOptions = {}): Estimable<Agreement> => {
  const { scale, raters } = table
  const { level = 0.95, seed = 1, replicates = 1000, maxPairRaters = 20 } = options
  const rated: ReadonlyArray<ReadonlyArray<Cell>> = table.cells.filter((row) => row.some(present))
  const counts = rated.map((row) => row.filter(present).length)
  const ratings = counts.reduce((a, b) => a + b, 0)
  if (ratings === 0) return notEstimable("there are no ratings")
  const kept: AgreementTable = { ...table, cells: rated }
  const lone =
    raters.length < 2
      ? "agreement needs at least two raters"
      : counts.every((count) => count < 2)
        ? "each item was rated by one rater only, so agreement between raters is not estimable"
        : undefined
  const guard = <A>(needed: Scale, compute: () => Estimable<A>): Estimable<A> =>
    lone === undefined ? onScale(scale, needed, compute) : notEstimable(lone)

  /** Of coefficients that need to know who rated. */
  const byRater = <A>(needed: Scale, compute: () => Estimable<A>): Estimable<A> =>
    guard(needed, () =>
      table.anonymous === true
        ? notEstimable(`a table of ${rated.length} items × ${raters.length} raters is too large for it`)
        : compute()
    )

  const matrix = byRater("interval", () => icc(rated, level))
  const pairs: Estimable<ReadonlyArray<Pair>> =
    lone !== undefined
      ? notEstimable(lone)
      : raters.length > maxPairRaters
        ? notEstimable(`pairs are listed for up to ${maxPairRaters} raters; there are ${raters.length}`)
        : byRater("nominal", () =>
            estimable(
              raters.flatMap((_, a) =>
                raters.slice(a + 1).map((_, offset) => pair(kept, a, a + 1 + offset, options))
              )
            )
          )
  const needs = (metric: Metric): Scale => (metric === "ratio" ? "interval" : metric)
  return estimable({
    design: {
      scale,
      items: rated.length,
      raters,
      ratings,
      completeItems: counts.filter((count) => count === raters.length).length,
      ratingsPerItem: {
        min: counts.reduce((a, b) => Math.min(a, b)),
        mean: ratings / rated.length,
        max: counts.reduce((a, b) => Math.max(a, b))
      }
    },
    icc: record(Object.keys(forms) as ReadonlyArray<IccName>, (name) =>
      matrix.ok ? matrix.value.coefficients[name] : matrix
    ),
    iccOneWay: guard("interval", () => iccOneWay(rated, level)),
    alpha: record(metrics, (metric) => guard(needs(metric), () => alpha(rated, metric))),
    alphaInterval: record(metrics, (metric) =>
      guard(needs(metric), () => interval(rated, metric, { seed, replicates, level }))
    ),
    kappa: record(kappaNames, (name) => {
      if (!pairs.ok) return pairs
      return pairs.value.length === 1
        ? pairs.value[0]!.kappa[name]
        : notEstimable("Cohen's kappa is of two raters; see the pairs, their mean (Light) and Fleiss' kappa")
    }),
    lightKappa: record(kappaNames, (name) => (pairs.ok ? light(pairs.value, name) : pairs)),
    fleissKappa: guard("nominal", () => fleiss(tabulate(rated), level)),
    cronbach: byRater("interval", () => cronbach(rated, level)),
    kendallW: byRater("ordinal", () => {
      const complete = rated.filter((row) => row.every(present))
      return complete.length < 2
        ? notEstimable("fewer than two items were rated by every rater")
        : friedman(raters.map((_, j) => complete.map((row) => row[j])))
    }),
    raterLevels: byRater("ordinal", () => friedman(rated)),
    pairs
  })
}
