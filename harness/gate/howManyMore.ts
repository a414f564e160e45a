/**
 * How much more would decide an open criterion, going by what was seen: the smallest number of posts, or of epochs, to
 * add to those there are, after which the gate is decided four times in five.
 *
 * The predictive distribution of the larger study's estimate (Spiegelhalter, Freedman & Blackburn 1986, Controlled
 * Clinical Trials 7, 8–17; flat prior): around what was seen, with variance se² − se'², where se' is the standard
 * error it will have. More posts take se² down as 1/posts; more epochs only the texts' share of it.
 */
import * as Distributions from "../stats/Distributions.ts"
import { LEVEL, type Measurement } from "./Criterion.ts"

/** The chance at which a number of posts counts as enough. */
export const ENOUGH = 0.8

/** Beyond this a number is as good as none. */
const MOST = 1_000_000

/** Where a larger study would stand. */
export interface Outlook {
  /** Of x, as seen so far. */
  readonly mean: number
  /** Standard error so far, and the one it will have. */
  readonly now: number
  readonly then: number
  readonly df: number
}

/**
 * The chance that the larger study decides: that the mean of x is shown to be above `bound`, or below 0 at error level
 * `alpha` (what Holm's first step leaves each of several criteria).
 */
export const chanceDecided = ({ mean, now, then, df }: Outlook, bound: number, alpha: number): number => {
  // The estimate has to come above `holds` or below `broken`; where these overlap, every estimate decides.
  const holds = bound + Distributions.qt(LEVEL, df) * then
  const broken = -Distributions.qt(1 - alpha, df) * then
  if (holds <= broken) return 1
  const spread = Math.sqrt(Math.max(0, now * now - then * then))
  if (spread === 0) return mean > holds || mean < broken ? 1 : 0
  const below = (x: number) => Distributions.pt((x - mean) / spread, df)
  return below(broken) + 1 - below(holds)
}

/** The smallest whole number above `from` with `enough`, found by doubling and halving. */
const smallest = (from: number, enough: (n: number) => boolean): number | null => {
  let high = from + 1
  while (!enough(high)) {
    if (high >= MOST) return null
    high = Math.min(MOST, high * 2)
  }
  let low = from
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}

/** Posts and epochs to add; `null` where no number below a million would do. */
export interface More {
  /** Beside those there are, spread over the domains as they are. */
  readonly posts: number | null
  /** Beside those there are, for candidate and baseline alike; only where both have two or more. */
  readonly epochs?: number | null
}

/** What would decide a criterion that is open, with `criteria` of them in the gate. */
export const howManyMore = (seen: Measurement, criteria: number): More => {
  const alpha = (1 - LEVEL) / criteria
  const enough = (then: number, df: number) =>
    chanceDecided({ mean: seen.estimate, now: seen.se, then, df }, seen.bound, alpha) >= ENOUGH
  const posts = smallest(seen.n, (n) =>
    enough(seen.se * Math.sqrt(seen.n / n), Math.max(1, (seen.df * n) / seen.n))
  )
  const { textShare, epochs: now } = seen
  const epochs =
    textShare === undefined || now < 2
      ? undefined
      : smallest(now, (n) => enough(seen.se * Math.sqrt(1 - textShare + (textShare * now) / n), seen.df))
  return {
    posts: posts === null ? null : posts - seen.n,
    ...(epochs === undefined ? {} : { epochs: epochs === null ? null : epochs - now })
  }
}
