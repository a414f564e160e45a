/**
 * A table of judges' or formulas' scores analysed in other ways: posts drawn anew, as grades, and with the answers'
 * length held equal. The raters are fixed, as in the table.
 */
import { type Estimable, estimable, notEstimable } from "../../stats/Estimable.ts"
import * as ClusterRobust from "../../stats/mixed/ClusterRobust.ts"
import * as Factor from "../../stats/mixed/Factor.ts"
import * as PostBootstrap from "../../stats/paired/PostBootstrap.ts"
import { quadratic } from "../../stats/SquareMatrix.ts"
import * as Tukey from "../../stats/Tukey.ts"
import type { Contrast, PairInterval, Sensitivity } from "../Leaderboard.ts"
import { conclusionOf, fromReplicates, method, ordinalPairs, RESAMPLES } from "./otherAnalyses.ts"

/** Text means, posts × sources, row-major; NaN where there is none. */
export interface TextScores {
  readonly sources: readonly string[]
  readonly posts: readonly { readonly domain: string }[]
  readonly values: Float64Array
  /** Words of a source's answers to a post, by the post's place; `undefined` where it is not known. */
  readonly words: (post: number, source: string) => number | undefined
}

/** Sums that a bootstrap may make; a large table has fewer draws, and never fewer than the least. */
const MOST_SUMS = 2e8
const FEWEST_DRAWS = 200

/** Posts drawn within their domains, each with all its answers. */
const bootstrap = (
  { sources, posts, values }: TextScores,
  seed: number
): Estimable<readonly PairInterval[]> => {
  const sums = (posts.length * sources.length * (sources.length - 1)) / 2
  const resamples = Math.max(FEWEST_DRAWS, Math.min(RESAMPLES, Math.floor(MOST_SUMS / sums)))
  const drawn = PostBootstrap.draw({ sources, posts, values, seed, resamples })
  return drawn.ok
    ? estimable(fromReplicates(drawn.value.pairs, drawn.value.estimate, drawn.value.draws))
    : drawn
}

/** One entry a text with a score. */
const textsOf = ({ sources, values }: TextScores) =>
  [...values.keys()]
    .filter((at) => !Number.isNaN(values[at]!))
    .map((at) => ({ post: Math.floor(at / sources.length), source: at % sources.length, value: values[at]! }))

const ordinal = (scores: TextScores): Estimable<readonly PairInterval[]> => {
  const texts = textsOf(scores)
  return ordinalPairs(
    texts.map(({ value }) => value),
    texts.map(({ source }) => scores.sources[source]!),
    scores.sources,
    [{ name: "post", groups: texts.map(({ post }) => String(post)) }]
  )
}

/** Least squares within posts of source and log length, domains alike, errors clustered by post (CR1). */
const lengthAdjusted = (scores: TextScores): Estimable<readonly PairInterval[]> => {
  const { sources, posts, words } = scores
  const texts = textsOf(scores).map((text) => ({ ...text, words: words(text.post, sources[text.source]!) }))
  if (texts.some((text) => text.words === undefined)) return notEstimable("some answers have no length")
  if (new Set(texts.map((text) => text.words)).size < 2) return notEstimable("all answers are of one length")
  const inDomain = Map.groupBy(posts, ({ domain }) => domain)
  const p = sources.length
  const response: number[] = []
  const rows: number[] = []
  const cluster: string[] = []
  for (const [post, own] of Map.groupBy(texts, (text) => text.post)) {
    if (own.length < 2) continue
    // A row a text: one column a source but the first, and the log length, each less its mean over the post.
    const raw = own.map((text) => [
      ...sources.slice(1).map((_, s) => Number(text.source === s + 1)),
      Math.log(Math.max(1, text.words!))
    ])
    const centre = (column: (at: number) => number) =>
      own.reduce((sum, _, at) => sum + column(at), 0) / own.length
    const weight = Math.sqrt(1 / inDomain.get(posts[post]!.domain)!.length)
    const middle = centre((at) => own[at]!.value)
    const means = raw[0]!.map((_, j) => centre((at) => raw[at]![j]!))
    own.forEach((text, at) => {
      response.push(weight * (text.value - middle))
      rows.push(...raw[at]!.map((value, j) => weight * (value - means[j]!)))
      cluster.push(String(post))
    })
  }
  const fitted = ClusterRobust.leastSquares(Float64Array.from(response), Float64Array.from(rows))
  if (!fitted.ok) return fitted
  const groups = Factor.make("post", cluster)
  const robust = ClusterRobust.cr1(fitted.value, groups)
  if (!robust.ok) return robust
  const critical = Tukey.quantile(0.95, p, groups.levels.length - 1) / Math.SQRT2
  return estimable(
    sources.flatMap((a, i) =>
      sources.slice(i + 1).map((b, offset): PairInterval => {
        const j = i + 1 + offset
        const weights = Float64Array.from(
          { length: p },
          (_, at) => Number(at === i - 1) - Number(at === j - 1)
        )
        const estimate = weights.reduce((sum, value, at) => sum + value * fitted.value.beta[at]!, 0)
        const half = critical * Math.sqrt(Math.max(0, quadratic(robust.value.vcov, weights)))
        return { a, b, estimate, lower: estimate - half, upper: estimate + half }
      })
    )
  )
}

/** Other analyses of the scores behind `contrasts`, and whether they say the same. */
export const pairedSensitivity = (
  scores: TextScores,
  contrasts: readonly Contrast[],
  seed: number
): Sensitivity => {
  const methods = [
    method("cluster bootstrap", "points", contrasts, bootstrap(scores, seed)),
    method("ordinal model", "logits", contrasts, ordinal(scores)),
    method("length-adjusted", "points", contrasts, lengthAdjusted(scores))
  ]
  return { methods, conclusion: conclusionOf(methods) }
}
