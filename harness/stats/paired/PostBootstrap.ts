/**
 * A bootstrap of whole posts for a judge or proxy table: the raters are fixed, as in the table itself. One post fewer than
 * a domain has is drawn from it, so that the spread of the draws is that of the mean (McCarthy & Snowden 1985). Domains
 * with a single post are drawn from together.
 */
import { type Estimable, estimable, notEstimable } from "../Estimable.ts"
import * as Random from "../Random.ts"

/** Posts × sources, as for `PairedContrasts`. */
export interface PostBootstrapInput {
  readonly sources: readonly string[]
  readonly posts: readonly { readonly domain: string }[]
  /** Row-major, NaN where there is no scored text. */
  readonly values: Float64Array
  readonly seed: number
  readonly resamples: number
}

/** Differences of all pairs that share a post, in the order given: of the data, and of each draw. */
export interface PairDraws {
  readonly pairs: readonly { readonly a: string; readonly b: string }[]
  readonly estimate: Float64Array
  readonly draws: readonly Float64Array[]
}

/** A draw in which a pair has no post of a domain is no draw; with more of them than this there is no bootstrap. */
const MOST_LOST = 0.1

/** Not estimable where posts in common are too few for draws of them to have any. */
export const draw = (input: PostBootstrapInput): Estimable<PairDraws> => {
  const { sources, posts, values } = input
  const width = sources.length
  const at = (post: number, source: number) => values[post * width + source]!
  const pairs = sources.flatMap((a, i) =>
    sources.slice(i + 1).flatMap((b, offset) => {
      const j = i + 1 + offset
      return posts.some((_, post) => !Number.isNaN(at(post, i) - at(post, j))) ? [{ a, b, i, j }] : []
    })
  )
  const rated = posts.flatMap((_, post) =>
    sources.some((_, source) => !Number.isNaN(at(post, source))) ? [post] : []
  )
  const domains = [...Map.groupBy(rated, (post) => posts[post]!.domain).values()]
  const alone = domains.filter((group) => group.length === 1).flat()
  if (alone.length === 1) return notEstimable("a single domain has a single post")
  const strata = [...domains.filter((group) => group.length > 1), ...(alone.length > 0 ? [alone] : [])]
  const weight = (stratum: readonly number[]) => (stratum === alone ? alone.length : 1)
  const columns = pairs.length

  /** Weighted mean of every pair over one choice of posts a stratum; NaN where one has none that the data have. */
  const means = (chosen: readonly ArrayLike<number>[], expected?: readonly Uint8Array[]) => {
    const out = new Float64Array(columns)
    const total = new Float64Array(columns)
    const present = chosen.map((own, s) => {
      const sum = new Float64Array(columns)
      const n = new Float64Array(columns)
      for (let k = 0; k < own.length; k++) {
        const row = own[k]! * width
        for (let p = 0; p < columns; p++) {
          const difference = values[row + pairs[p]!.i]! - values[row + pairs[p]!.j]!
          if (Number.isNaN(difference)) continue
          sum[p]! += difference
          n[p]!++
        }
      }
      const seen = new Uint8Array(columns)
      for (let p = 0; p < columns; p++) {
        if (n[p] === 0) {
          if (expected !== undefined && expected[s]![p] === 1) out[p] = Number.NaN
          continue
        }
        seen[p] = 1
        out[p]! += (weight(strata[s]!) * sum[p]!) / n[p]!
        total[p]! += weight(strata[s]!)
      }
      return seen
    })
    for (let p = 0; p < columns; p++) out[p]! /= total[p]!
    return { out, present }
  }

  const { out: estimate, present } = means(strata)
  const random = Random.make(input.seed)
  const draws: Float64Array[] = []
  const chosen = strata.map((stratum) => new Int32Array(stratum.length - 1))
  for (let b = 0; b < input.resamples; b++) {
    for (const [s, stratum] of strata.entries()) {
      const own = chosen[s]!
      for (let k = 0; k < own.length; k++) own[k] = stratum[random.below(stratum.length)]!
    }
    const { out } = means(chosen, present)
    if (out.every((value) => !Number.isNaN(value))) draws.push(out)
  }
  return draws.length < (1 - MOST_LOST) * input.resamples
    ? notEstimable("some pairs share too few posts of a domain to draw from")
    : estimable({ pairs: pairs.map(({ a, b }) => ({ a, b })), estimate, draws })
}
