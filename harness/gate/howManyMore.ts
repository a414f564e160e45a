/**
 * How much more would decide an open criterion, if what was seen is the truth: the smallest number of posts, or of
 * epochs, at which four gates in five would either see the criterion hold or see it broken.
 *
 * The estimate is taken as Student's t about what was seen, with the standard error that the larger study would
 * have: se² falls as 1/posts; of epochs only the texts' share of it falls. `stats/design/Power.ts` is the same
 * reckoning for a two-sided test.
 */
import * as Distributions from "../stats/Distributions.ts"
import { LEVEL, type Measurement } from "./Criterion.ts"

/** The chance at which a number of posts counts as enough. */
export const ENOUGH = 0.8

/** Beyond this a number is as good as none. */
const MOST = 1_000_000

/**
 * The chance that a gate decides when the true mean of x is `mean`: that the criterion holds, or that x is below 0
 * at error level `alpha` (what Holm's first step leaves each of several criteria).
 */
export const chanceDecided = (mean: number, se: number, df: number, bound: number, alpha: number): number => {
  const t = Distributions.qt(LEVEL, df)
  const against = Distributions.qt(1 - alpha, df)
  const below = (z: number) => Distributions.pt(z, df)
  const holds = below((mean - bound) / se - t)
  const broken = below(-mean / se - against)
  const both = Math.max(0, broken - below((bound - mean) / se + t))
  return Math.min(1, holds + broken - both)
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
  const enough = (se: number, df: number) => chanceDecided(seen.estimate, se, df, seen.bound, alpha) >= ENOUGH
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
