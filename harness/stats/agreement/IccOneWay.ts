/**
 * ICC(1) of a design in which every item has raters of its own, and not always the same number of them: the
 * analysis of variance between and within items, with the average group size k₀ = (N − Σkᵢ²/N)/(n − 1).
 *
 * Donner (1986), International Statistical Review 54, 67–82. The F test is exact; the interval replaces the
 * common group size by k₀ and is approximate unless all sizes are equal, where it is the one of `Icc.ts`.
 */
import { pfUpper, qf } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, mean, present } from "../Moments.ts"
import type { FTest } from "./Icc.ts"

/** ICC(1), with the design it comes from. */
export interface IccOneWay {
  readonly estimate: number
  readonly interval: Estimable<Interval>
  readonly test: Estimable<FTest>
  readonly items: number
  readonly ratings: number
  /** k₀, the group size that the mean squares correspond to. */
  readonly averageRatings: number
}

/** From the ratings of each item. Fails with a reason below two rated items, or if no item has two ratings. */
export const iccOneWay = (units: ReadonlyArray<ReadonlyArray<Cell>>, level = 0.95): Estimable<IccOneWay> => {
  const kept = units.map((unit) => unit.filter(present)).filter((unit) => unit.length > 0)
  const n = kept.length
  const all = kept.flat()
  const total = all.length
  if (n < 2) return notEstimable("fewer than two items have ratings")
  if (total === n) return notEstimable("no item has two ratings")
  const grand = mean(all)
  let between = 0
  let within = 0
  let squares = 0
  for (const unit of kept) {
    const center = mean(unit.map((x) => x - grand))
    between += unit.length * center * center
    for (const x of unit) within += (x - grand - center) ** 2
    squares += unit.length ** 2
  }
  const scale = between + within
  if (!(scale > 0)) return notEstimable("all ratings are equal")
  const msBetween = (between <= 1e-13 * scale ? 0 : between) / (n - 1)
  const msWithin = (within <= 1e-13 * scale ? 0 : within) / (total - n)
  const k = (total - squares / total) / (n - 1)
  const bottom = msBetween + (k - 1) * msWithin
  if (!(bottom > 1e-13 * scale)) return notEstimable("the estimated total variance is not positive")
  const none = notEstimable("the ratings of an item do not vary, so F has no denominator")
  const df1 = n - 1
  const df2 = total - n
  const F = msBetween / msWithin
  const tail = 1 - (1 - level) / 2
  const limit = (f: number) => (f - 1) / (f + k - 1)
  return finite({
    estimate: (msBetween - msWithin) / bottom,
    test: msWithin === 0 ? none : finite({ F, df1, df2, p: pfUpper(F, df1, df2) }),
    interval:
      msWithin === 0
        ? none
        : finite({ lower: limit(F / qf(tail, df1, df2)), upper: limit(F * qf(tail, df2, df1)), level }),
    items: n,
    ratings: total,
    averageRatings: k
  })
}
