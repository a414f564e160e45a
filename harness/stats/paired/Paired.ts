/**
 * Differences of two conditions on the same posts, and their t test. The post is the unit: several ratings of
 * a post are averaged first, so that they are not counted as independent.
 */
import { pt, qt, twoSided } from "../Distributions.ts"
import { type Estimable, notEstimable } from "../Estimable.ts"
import { finite } from "../Finite.ts"
import type { Interval } from "../Interval.ts"
import { type Cell, isConstant, mean, present, variance } from "../Moments.ts"

/** A value of one post; a post may have several. */
export interface PostValue {
  readonly post: string
  readonly value: Cell
}

/** Differences by post, and the posts that only one side has. */
export interface Differences {
  readonly posts: ReadonlyArray<string>
  /** Mean of the candidate's values minus mean of the baseline's, in the order of `posts`. */
  readonly differences: ReadonlyArray<number>
  readonly unpaired: ReadonlyArray<string>
}

/** Means of a post's values, for posts with any. */
const byPost = (values: ReadonlyArray<PostValue>): Map<string, number> => {
  const lists = new Map<string, Array<number>>()
  for (const { post, value } of values) {
    if (!present(value)) continue
    const list = lists.get(post)
    if (list === undefined) lists.set(post, [value])
    else list.push(value)
  }
  return new Map([...lists].map(([post, list]) => [post, mean(list)]))
}

/** a − b, zero where only the rounding of the two means differs. */
const difference = (a: number, b: number): number =>
  Math.abs(a - b) <= 1e-13 * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b

/** Pairs two conditions by post, in the order in which posts first appear in the baseline. */
export const pairByPost = (
  baseline: ReadonlyArray<PostValue>,
  candidate: ReadonlyArray<PostValue>
): Differences => {
  const before = byPost(baseline)
  const after = byPost(candidate)
  const posts = [...before.keys()].filter((post) => after.has(post))
  return {
    posts,
    differences: posts.map((post) => difference(after.get(post)!, before.get(post)!)),
    unpaired: [
      ...[...before.keys()].filter((post) => !after.has(post)),
      ...[...after.keys()].filter((post) => !before.has(post))
    ]
  }
}

/** The paired t test. */
export interface PairedT {
  readonly n: number
  readonly mean: number
  readonly sd: number
  readonly se: number
  readonly t: number
  readonly df: number
  /** Two-sided. */
  readonly p: number
  readonly interval: Interval
  /** One-sided bounds, each at `level`: the mean is above `lowerBound`, and below `upperBound`. */
  readonly lowerBound: number
  readonly upperBound: number
}

/**
 * The t test of the mean difference; holes are left out. Fails with a reason below two differences or if all
 * are equal, where the t statistic has no denominator.
 */
export const tTest = (differences: ReadonlyArray<Cell>, level = 0.95): Estimable<PairedT> => {
  const d = differences.filter(present)
  const n = d.length
  if (n < 2) return notEstimable("fewer than two pairs")
  if (isConstant(d)) return notEstimable(`all differences are ${Number(d[0]!.toPrecision(12))}`)
  const center = mean(d)
  const sd = Math.sqrt(variance(d))
  if (sd <= 1e-12 * Math.abs(center))
    return notEstimable(`all differences are ${Number(center.toPrecision(12))}`)
  const se = sd / Math.sqrt(n)
  const t = center / se
  const half = qt((1 + level) / 2, n - 1) * se
  const oneSided = qt(level, n - 1) * se
  return finite({
    n,
    mean: center,
    sd,
    se,
    t,
    df: n - 1,
    p: twoSided(t, n - 1),
    interval: { lower: center - half, upper: center + half, level },
    lowerBound: center - oneSided,
    upperBound: center + oneSided
  })
}

/** One-sided p value that the mean is above (or below) `bound`, from a t test of the same differences. */
export const oneSidedP = (test: PairedT, bound: number, side: "above" | "below"): number => {
  const t = (test.mean - bound) / test.se
  return pt(side === "above" ? -t : t, test.df)
}
