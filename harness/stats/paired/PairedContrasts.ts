/**
 * The analysis of judge and proxy tables: post-paired contrasts of text means, the raters fixed (estimand:
 * *these* raters), the text variance in the residual, domains weighted equally.
 *
 * Standard errors: `Strata.ts`. Simultaneous intervals and adjusted p values: `MaxT.ts`. Rank sets:
 * [1 + number significantly better, k − number significantly worse] from the simultaneous intervals
 * (the construction of Mogstad, Romano, Shaikh & Wilhelm 2024).
 */
import * as Distributions from "../Distributions.ts"
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as MaxT from "./MaxT.ts"
import * as Strata from "./Strata.ts"

/** Fewer posts than this for any pair of sources, and a table is not ranked. */
export const FEWEST_POSTS = 30

/** An estimate with its unadjusted t interval. */
export interface Interval {
  readonly estimate: number
  readonly se: number
  readonly df: number
  readonly lower: number
  readonly upper: number
}

export interface PairedSource {
  readonly source: string
  /** Domain-weighted mean over the posts that have a text of the source. */
  readonly mean: Estimable<Interval>
  /** Posts that have a text of the source. */
  readonly n: number
  /** Best and worst rank compatible with the contrasts; [1, k] where the table is not to be ranked. */
  readonly rank: readonly [number, number]
}

/** a − b over the posts that have a text of both. */
export interface PairedContrast extends Interval {
  readonly a: string
  readonly b: string
  readonly lowerSimultaneous: number
  readonly upperSimultaneous: number
  /** Two-sided, unadjusted. */
  readonly p: number
  /** Adjusted for all contrasts of the table. */
  readonly pAdjusted: number
  /** Posts that have a text of both. */
  readonly n: number
  /** The true difference that the simultaneous interval would separate from zero in 80 % of such studies. */
  readonly mde: number
}

/** The mean of one source in one domain; a single text has no interval. */
export interface DomainMean {
  readonly source: string
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
  readonly n: number
}

export interface PairedDomain {
  readonly domain: string
  /** Sources without a text in the domain are left out. */
  readonly sources: readonly DomainMean[]
}

export interface PairedAnalysis {
  readonly sources: readonly PairedSource[]
  /** All pairs a before b in the order given, but for those in `omitted`. */
  readonly contrasts: readonly PairedContrast[]
  /** Pairs with fewer than two posts in common. */
  readonly omitted: readonly { readonly a: string; readonly b: string; readonly reason: string }[]
  /** In alphabetical order; exploratory, not adjusted. */
  readonly domains: readonly PairedDomain[]
  /** Why the sources are not to be ranked, if so. */
  readonly refusal?: string
  /** Sources are ranked and no pair is separated; every view says so in its own words. */
  readonly tied: boolean
  /** What a reader of the table has to know. */
  readonly notes: readonly string[]
}

export interface PairedInput {
  readonly sources: readonly string[]
  readonly posts: readonly { readonly domain: string }[]
  /** Text means, posts × sources, row-major, NaN where there is no scored text. */
  readonly values: Float64Array
  readonly seed: number
  /** Bootstrap resamples; 2000 unless given. */
  readonly resamples?: number
  /** Confidence level; .95 unless given. */
  readonly level?: number
}

const POWER = 0.8
/** Beyond this no square is safe from overflow, and nothing is a rating. */
const LARGEST = 1e100

const plural = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`

const interval = (m: Strata.StratifiedMean, level: number): Interval => {
  const half = m.se === 0 ? 0 : m.se * Distributions.qt((1 + level) / 2, m.df)
  return { estimate: m.estimate, se: m.se, df: m.df, lower: m.estimate - half, upper: m.estimate + half }
}

/** Posts in a canonical order (domain, then values), so that the result does not depend on the rows' order. */
const arrange = (input: PairedInput) => {
  const k = input.sources.length
  const domains = [...new Set(input.posts.map((post) => post.domain))].sort()
  const position = new Map(domains.map((domain, d) => [domain, d]))
  let unusable = 0
  const clean = input.values.map((x) => {
    if (Number.isNaN(x) || Math.abs(x) <= LARGEST) return x
    unusable++
    return Number.NaN
  })
  const key = (x: number) => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x)
  const order = input.posts.map((post, i) => ({ i, d: position.get(post.domain)! }))
  order.sort((p, q) => {
    if (p.d !== q.d) return p.d - q.d
    for (let s = 0; s < k; s++) {
      const x = key(clean[p.i * k + s]!)
      const y = key(clean[q.i * k + s]!)
      if (x !== y) return x < y ? -1 : 1
    }
    return 0
  })
  const columns = input.sources.map((_, s) => Float64Array.from(order, ({ i }) => clean[i * k + s]!))
  return { domains, stratum: Int32Array.from(order, ({ d }) => d), columns, unusable }
}

/** The strata for drawing posts: as the domains, but domains with one post form one stratum together. */
const drawingStrata = (stratum: Int32Array, domains: number) => {
  const size = new Int32Array(domains)
  for (const d of stratum) size[d]!++
  const order = Array.from(stratum.keys()).sort((p, q) => {
    const single = Number(size[stratum[p]!] === 1) - Number(size[stratum[q]!] === 1)
    return single !== 0 ? single : p - q
  })
  return { order, strata: Int32Array.from(order, (i) => (size[stratum[i]!] === 1 ? domains : stratum[i]!)) }
}

const largestMagnitude = (columns: readonly Float64Array[]) => {
  let most = 0
  for (const column of columns) for (const x of column) if (Math.abs(x) > most) most = Math.abs(x)
  return most
}

/**
 * Means, contrasts, rank sets and domain slices of a judge or proxy table.
 *
 * `refusal` is set, and all ranks are [1, k], when a pair of sources has fewer than 30 posts in common. A
 * difference that never varies is valid: its interval has no width. Throws a RangeError when the shapes
 * disagree, or the level is not between 0 and 1, or there are fewer than 99 resamples.
 */
export const analysePaired = (input: PairedInput): PairedAnalysis => {
  const { sources, posts, seed } = input
  const level = input.level ?? 0.95
  const resamples = input.resamples ?? 2000
  const k = sources.length
  if (input.values.length !== posts.length * k) throw new RangeError("values is not posts × sources")
  if (!(level > 0 && level < 1)) throw new RangeError("level is not between 0 and 1")
  if (!(resamples >= 99)) throw new RangeError("fewer than 99 resamples")
  const { domains, stratum, columns, unusable } = arrange(input)
  const resolution = 1e-12 * largestMagnitude(columns)
  const notes: string[] = []
  if (unusable > 0) notes.push(`${plural(unusable, "value")} beyond what a rating can be counted as missing`)

  const pairs: { a: number; b: number; mean: Strata.StratifiedMean; influence: Float64Array }[] = []
  const omitted: { a: string; b: string; reason: string }[] = []
  let fewest = Number.POSITIVE_INFINITY
  let refusal: string | undefined
  const difference = new Float64Array(posts.length)
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      for (let i = 0; i < difference.length; i++) difference[i] = columns[a]![i]! - columns[b]![i]!
      const influence = new Float64Array(posts.length)
      const result = Strata.mean(difference, stratum, domains.length, resolution, influence)
      const n = difference.reduce((sum, x) => sum + Number(!Number.isNaN(x)), 0)
      const [nameA, nameB] = [sources[a]!, sources[b]!]
      if (n < FEWEST_POSTS && n < fewest) {
        fewest = n
        refusal = `${plural(n, "post")} with a text of both ${nameA} and ${nameB}; ranking needs ${FEWEST_POSTS}`
      }
      if (!result.ok) {
        const reason = `${nameA} and ${nameB} have ${n === 0 ? "no post" : "a single post"} in common`
        omitted.push({ a: nameA, b: nameB, reason })
        continue
      }
      pairs.push({ a, b, mean: result.value, influence })
      const lacking = domains.length - result.value.domains
      if (lacking > 0) {
        notes.push(
          `${nameA} and ${nameB} are compared without ${plural(lacking, "domain")} that lack${lacking === 1 ? "s" : ""} a text of one of them`
        )
      }
    }
  }
  if (pairs.some(({ mean }) => mean.single > 0)) {
    notes.push("domains with a single post have no variance of their own and share one with others")
  }

  const { order, strata } = drawingStrata(stratum, domains.length)
  const influence = pairs.map((pair) => Float64Array.from(order, (i) => pair.influence[i]!))
  const maxima = MaxT.maxima(influence, strata, seed, resamples)
  const critical = MaxT.critical(maxima, level)
  const better = new Int32Array(k)
  const worse = new Int32Array(k)
  const contrasts = pairs.map(({ a, b, mean }): PairedContrast => {
    const known = mean.se === 0
    const t = known ? 0 : MaxT.asT(critical, mean.df)
    const lowerSimultaneous = mean.estimate - t * mean.se
    const upperSimultaneous = mean.estimate + t * mean.se
    if (lowerSimultaneous > 0) {
      better[b]!++
      worse[a]!++
    } else if (upperSimultaneous < 0) {
      better[a]!++
      worse[b]!++
    }
    const certain = mean.estimate === 0 ? 1 : 0
    const p = known ? certain : Distributions.twoSided(mean.estimate / mean.se, mean.df)
    return {
      a: sources[a]!,
      b: sources[b]!,
      ...interval(mean, level),
      lowerSimultaneous,
      upperSimultaneous,
      p,
      pAdjusted: known ? certain : MaxT.adjusted(maxima, p),
      n: mean.n,
      mde: known ? 0 : (t + Distributions.qt(POWER, mean.df)) * mean.se
    }
  })
  const tied = k > 1 && refusal === undefined && better.every((count, s) => count === 0 && worse[s] === 0)

  const withMean = sources.map((source, s): PairedSource => {
    const mean = Strata.mean(columns[s]!, stratum, domains.length, resolution)
    return {
      source,
      mean: mean.ok ? estimable(interval(mean.value, level)) : notEstimable(`${mean.reason} for ${source}`),
      n: columns[s]!.reduce((sum, x) => sum + Number(!Number.isNaN(x)), 0),
      rank: refusal === undefined ? [1 + better[s]!, k - worse[s]!] : [1, k]
    }
  })
  return {
    sources: withMean,
    contrasts,
    omitted,
    domains: domains.map((domain, d) => slice(domain, d, sources, columns, stratum, resolution, level)),
    ...(refusal === undefined ? {} : { refusal }),
    tied,
    notes
  }
}

const slice = (
  domain: string,
  d: number,
  sources: readonly string[],
  columns: readonly Float64Array[],
  stratum: Int32Array,
  resolution: number,
  level: number
): PairedDomain => ({
  domain,
  sources: sources.flatMap((source, s): readonly DomainMean[] => {
    const values = columns[s]!.filter((x, i) => stratum[i] === d && !Number.isNaN(x))
    if (values.length === 0) return []
    const result = Strata.mean(values, new Int32Array(values.length), 1, resolution)
    if (!result.ok) return [{ source, mean: values[0]!, lower: null, upper: null, n: 1 }]
    const { estimate, lower, upper } = interval(result.value, level)
    return [{ source, mean: estimate, lower, upper, n: values.length }]
  })
})
