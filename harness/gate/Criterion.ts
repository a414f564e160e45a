/**
 * One thing the gate holds a candidate to, and what the data say of it: the estimate and its two one-sided 95 %
 * bounds, over posts, with every domain weighing the same.
 *
 * Both kinds come down to one number a post, x, that should not be below a bound. A margin: x is candidate minus
 * baseline; it holds if the lower bound L of the mean is above −margin, and speaks against the candidate if the
 * upper bound U is below 0. A ceiling: x is ceiling minus candidate; it holds if L is not below 0 and speaks against
 * if U is below 0.
 */
import * as Distributions from "../stats/Distributions.ts"
import * as Moments from "../stats/Moments.ts"
import * as Strata from "../stats/paired/Strata.ts"

/** One-sided level of every bound. */
export const LEVEL = 0.95

/** The scores of one post: a value a text (an epoch), each the mean over the raters. Neither list is empty. */
export interface PostScores {
  readonly domain: string
  readonly candidate: readonly number[]
  readonly baseline: readonly number[]
}

/** `margin`: points the candidate may be worse by. `ceiling`: the highest mean it may have, baseline left aside. */
export interface Criterion {
  readonly name: string
  readonly kind: "margin" | "ceiling"
  /** In points of the scale: the margin (above 0), or the ceiling. */
  readonly allowed: number
  readonly posts: readonly PostScores[]
}

/** What the data say of a criterion, on the scale of x. */
export interface Measurement {
  readonly n: number
  readonly estimate: number
  readonly se: number
  readonly df: number
  /** One-sided bounds of the mean of x, each at `LEVEL`. */
  readonly lower: number
  readonly upper: number
  /** The lower bound shows what is asked for. */
  readonly holds: boolean
  /** One-sided p value that the mean of x is not below 0. */
  readonly p: number
  /** Where the criterion begins to hold: −margin, or 0. */
  readonly bound: number
  /** Share of the variance of x that is texts differing from epoch to epoch; absent with one epoch on a side. */
  readonly textShare?: number
  /** Epochs that `textShare` is at: the fewer of both sides. */
  readonly epochs: number
}

/** Sum of squares about each post's own mean, and its degrees of freedom. */
const within = (lists: readonly (readonly number[])[]): { squares: number; df: number } => {
  let squares = 0
  let df = 0
  for (const list of lists) {
    if (list.length < 2) continue
    squares += Moments.variance(list) * (list.length - 1)
    df += list.length - 1
  }
  return { squares, df }
}

/** The part of the variance of x that more epochs would average away. */
const textVariance = (criterion: Criterion): number | undefined => {
  const sides = criterion.kind === "margin" ? (["candidate", "baseline"] as const) : (["candidate"] as const)
  let total = 0
  for (const side of sides) {
    const lists = criterion.posts.map((post) => post[side])
    const { squares, df } = within(lists)
    if (df === 0) return undefined
    total += (squares / df) * Moments.mean(lists.map((list) => 1 / list.length))
  }
  return total
}

const epochsOf = ({ kind, posts }: Criterion): number =>
  posts.reduce(
    (fewest, { candidate, baseline }) =>
      Math.min(fewest, candidate.length, kind === "margin" ? baseline.length : candidate.length),
    Number.POSITIVE_INFINITY
  )

/** Measures a criterion. `undefined` with fewer than two posts. */
export const measure = (criterion: Criterion): Measurement | undefined => {
  const { kind, allowed, posts } = criterion
  const bound = kind === "margin" ? -allowed : 0
  const domains = [...new Set(posts.map((post) => post.domain))].sort()
  const stratum = Int32Array.from(posts, (post) => domains.indexOf(post.domain))
  const x = Float64Array.from(posts, ({ candidate, baseline }) =>
    kind === "margin" ? Moments.mean(candidate) - Moments.mean(baseline) : allowed - Moments.mean(candidate)
  )
  const largest = posts.reduce(
    (most, { candidate, baseline }) => Math.max(most, ...[...candidate, ...baseline].map(Math.abs)),
    Math.abs(allowed)
  )
  // Decimals do not subtract exactly: 3.1 − 3.3 is above −0.2 by less than this.
  const resolution = 1e-12 * largest
  const result = Strata.mean(x, stratum, domains.length, resolution)
  if (!result.ok) return undefined
  const { estimate, se, df, n } = result.value
  const half = se === 0 ? 0 : Distributions.qt(LEVEL, df) * se
  const lower = estimate - half
  const upper = estimate + half
  const against = estimate < -resolution ? 0 : 1
  const text = textVariance(criterion)
  const total = domains.reduce(
    (sum, _, d) => {
      const own = x.filter((__, i) => stratum[i] === d)
      return own.length < 2
        ? sum
        : { squares: sum.squares + Moments.variance(own) * (own.length - 1), df: sum.df + own.length - 1 }
    },
    { squares: 0, df: 0 }
  )
  const variance = total.df === 0 ? 0 : total.squares / total.df
  return {
    n,
    estimate,
    se,
    df,
    lower,
    upper,
    holds: kind === "margin" ? lower > bound + resolution : lower >= bound - resolution,
    p: se === 0 ? against : Distributions.pt(estimate / se, df),
    bound,
    epochs: epochsOf(criterion),
    ...(text === undefined ? {} : { textShare: variance > 0 ? Math.min(1, text / variance) : 0 })
  }
}
