/**
 * Cohen's kappa of two raters, unweighted and weighted.
 *
 * Cohen (1960, 1968); standard errors of Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72, 323–327.
 * Weights fall with the distance of the *values* (linear or quadratic). The variant with the distance of the
 * *ranks of the observed values* is what some software computes without saying so; where the scale has unused
 * points the two differ widely, so it has a name of its own and is never the default.
 */
import { pnorm, qnorm } from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, completePairs } from "../Moments.ts"

/** How much a disagreement counts. */
export type Weights = "unweighted" | "linear" | "quadratic"

/** What to weigh, and over which scale. */
export interface KappaOptions {
  readonly weights: Weights
  /** Distances between the values (the default) or between the ranks of the categories. */
  readonly distance?: "values" | "ranks"
  /** The points of the scale; the default is the values that occur. Values that occur are always added. */
  readonly categories?: ReadonlyArray<number>
  readonly level?: number
}

/** Kappa, its observed and chance agreement (of these weights), and its uncertainty. */
export interface Kappa {
  readonly estimate: number
  readonly observed: number
  readonly expected: number
  readonly items: number
  /** The asymptotic standard error, for an interval; with a reason instead if it is zero. */
  readonly se: Estimable<number>
  /** estimate ± z · se, not cut at 1. */
  readonly interval: Estimable<Interval>
  /** z test of no agreement beyond chance, with the standard error under that hypothesis. */
  readonly test: Estimable<{ readonly se0: number; readonly z: number; readonly p: number }>
}

/** Agreement weights (1 on the diagonal) for sorted categories. */
const agreementWeights = (categories: ReadonlyArray<number>, options: KappaOptions): Float64Array => {
  const k = categories.length
  const place = options.distance === "ranks" ? categories.map((_, i) => i) : categories
  const range = place[k - 1]! - place[0]!
  const weights = new Float64Array(k * k)
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      const distance = Math.abs(place[a]! - place[b]!) / range
      weights[a * k + b] =
        options.weights === "unweighted"
          ? Number(a === b)
          : options.weights === "linear"
            ? 1 - distance
            : 1 - distance * distance
    }
  }
  return weights
}

/** kappa and both variances from the joint proportions `p` (k × k) and weights `w`. */
const fromProportions = (p: Float64Array, w: Float64Array, k: number, n: number) => {
  const row = new Float64Array(k)
  const column = new Float64Array(k)
  let observed = 0
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      row[a]! += p[a * k + b]!
      column[b]! += p[a * k + b]!
      observed += p[a * k + b]! * w[a * k + b]!
    }
  }
  const rowWeight = new Float64Array(k)
  const columnWeight = new Float64Array(k)
  let expected = 0
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      rowWeight[a]! += w[a * k + b]! * column[b]!
      columnWeight[b]! += w[a * k + b]! * row[a]!
      expected += w[a * k + b]! * row[a]! * column[b]!
    }
  }
  const estimate = (observed - expected) / (1 - expected)
  // Both variances as mean squares about their mean: no difference of large numbers.
  let spread = 0
  let spread0 = 0
  let middle = 0
  for (let i = 0; i < k * k; i++) {
    const a = Math.floor(i / k)
    const b = i % k
    middle += p[i]! * (w[i]! - (rowWeight[a]! + columnWeight[b]!) * (1 - estimate))
  }
  for (let i = 0; i < k * k; i++) {
    const a = Math.floor(i / k)
    const b = i % k
    const marginal = rowWeight[a]! + columnWeight[b]!
    spread += p[i]! * (w[i]! - marginal * (1 - estimate) - middle) ** 2
    spread0 += row[a]! * column[b]! * (w[i]! - marginal + expected) ** 2
  }
  const scale = n * (1 - expected) ** 2
  return { estimate, observed, expected, variance: spread / scale, variance0: spread0 / scale }
}

/**
 * Kappa of two raters over the items both rated (`x[i]`, `y[i]`; holes are left out).
 *
 * Fails with a reason if no item has both ratings, or if chance agreement is complete because both raters
 * used one and the same value throughout. Perfect agreement has kappa 1 and no standard error.
 */
export const kappa = (x: ArrayLike<Cell>, y: ArrayLike<Cell>, options: KappaOptions): Estimable<Kappa> => {
  const pairs = completePairs(x, y)
  const n = pairs.x.length
  if (n === 0) return notEstimable("no item was rated by both raters")
  const categories = [
    ...new Set([...(options.categories ?? []).filter(Number.isFinite), ...pairs.x, ...pairs.y])
  ].sort((a, b) => a - b)
  const k = categories.length
  if (new Set([...pairs.x, ...pairs.y]).size < 2) {
    return notEstimable("both raters gave every item the same value, so chance agreement is complete")
  }
  const index = new Map(categories.map((value, i) => [value, i]))
  const p = new Float64Array(k * k)
  for (let i = 0; i < n; i++) p[index.get(pairs.x[i]!)! * k + index.get(pairs.y[i]!)!]! += 1 / n
  const found = fromProportions(p, agreementWeights(categories, options), k, n)
  if (!(1 - found.expected > 1e-12)) return notEstimable("chance agreement is complete")
  const { estimate, observed, expected } = found
  const level = options.level ?? 0.95
  const se: Estimable<number> =
    found.variance > 1e-20
      ? finite(Math.sqrt(found.variance))
      : notEstimable("the agreement does not vary between items, so the standard error is zero")
  const half = se.ok ? qnorm((1 + level) / 2) * se.value : 0
  const se0 = Math.sqrt(found.variance0)
  const z = estimate / se0
  return finite({
    estimate,
    observed,
    expected,
    items: n,
    se,
    interval: se.ok ? estimable({ lower: estimate - half, upper: estimate + half, level }) : se,
    test:
      se0 > 1e-10
        ? finite({ se0, z, p: 2 * pnorm(-Math.abs(z)) })
        : notEstimable(
            "one rater gave every item the same value, so agreement beyond chance cannot be tested"
          )
  })
}
