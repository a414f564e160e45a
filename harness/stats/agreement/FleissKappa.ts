/**
 * Fleiss' kappa: nominal agreement of several raters, the same number on each item but not the same persons.
 *
 * Fleiss (1971), Psychological Bulletin 76, 378–382; standard error under no agreement of Fleiss, Nee & Landis
 * (1979), Psychological Bulletin 86, 974–977; the standard error for an interval is Gwet's (2008), British
 * Journal of Mathematical and Statistical Psychology 61, 29–48, for items as a sample from many.
 */
import { pnorm, qnorm } from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, present } from "../Moments.ts"

/** Fleiss' kappa with its test of no agreement and its interval. */
export interface FleissKappa {
  readonly estimate: number
  readonly items: number
  /** Ratings an item. */
  readonly raters: number
  readonly test: Estimable<{ readonly se0: number; readonly z: number; readonly p: number }>
  readonly se: Estimable<number>
  /** estimate ± z · se, not cut at 1. */
  readonly interval: Estimable<Interval>
}

/** The count of each category by item, from the ratings of each item; items without ratings are left out. */
export const tabulate = (items: ReadonlyArray<ReadonlyArray<Cell>>): ReadonlyArray<ReadonlyArray<number>> => {
  const rated = items.map((item) => item.filter(present)).filter((item) => item.length > 0)
  const categories = [...new Set(rated.flat())].sort((a, b) => a - b)
  return rated.map((item) => categories.map((value) => item.filter((x) => x === value).length))
}

/**
 * Fleiss' kappa from `counts[item][category]`.
 *
 * Fails with a reason if the items have different numbers of ratings, fewer than two ratings, or if all
 * ratings fall in one category.
 */
export const fleiss = (
  counts: ReadonlyArray<ReadonlyArray<number>>,
  level = 0.95
): Estimable<FleissKappa> => {
  const items = counts.length
  if (items === 0) return notEstimable("there are no items")
  const totals = counts.map((row) => row.reduce((a, b) => a + b, 0))
  const n = totals[0]!
  if (totals.some((total) => total !== n)) {
    return notEstimable("the items have different numbers of ratings; Krippendorff's alpha allows that")
  }
  if (n < 2) return notEstimable("each item has fewer than two ratings")
  const shares = counts[0]!.map((_, j) => counts.reduce((s, row) => s + row[j]!, 0) / (items * n))
  const agreement = counts.map((row) => row.reduce((s, c) => s + c * (c - 1), 0) / (n * (n - 1)))
  const observed = agreement.reduce((a, b) => a + b, 0) / items
  const expected = shares.reduce((s, p) => s + p * p, 0)
  if (shares.some((p) => p === 1)) return notEstimable("all ratings fall in one category")
  const estimate = (observed - expected) / (1 - expected)

  const pq = shares.reduce((s, p) => s + p * (1 - p), 0)
  const skew = shares.reduce((s, p) => s + p * (1 - p) * (1 - 2 * p), 0)
  const se0 = (Math.SQRT2 * Math.sqrt(pq * pq - skew)) / (pq * Math.sqrt(items * n * (n - 1)))
  const z = estimate / se0

  // Gwet's linearisation: how much each item moves observed and chance agreement.
  const variance =
    counts.reduce((s, row, i) => {
      const chance = row.reduce((e, c, j) => e + (c / n) * shares[j]!, 0)
      const own = (agreement[i]! - expected) / (1 - expected)
      const moved = own - (2 * (1 - estimate) * (chance - expected)) / (1 - expected)
      return s + (moved - estimate) ** 2
    }, 0) /
    (items * (items - 1))
  const se: Estimable<number> =
    variance > 1e-20 && Number.isFinite(variance)
      ? estimable(Math.sqrt(variance))
      : notEstimable("agreement does not vary between items, so the standard error is zero or unknown")
  const half = se.ok ? qnorm((1 + level) / 2) * se.value : 0
  return finite({
    estimate,
    items,
    raters: n,
    test: finite({ se0, z, p: 2 * pnorm(-Math.abs(z)) }),
    se,
    interval: se.ok ? estimable({ lower: estimate - half, upper: estimate + half, level }) : se
  })
}
