/**
 * Two sources' texts on one metric, paired by post: the difference with its interval, by domain, and where it is
 * largest. Raters are fixed (the estimand is *these* raters), every domain weighs the same.
 */
import * as Distributions from "../stats/Distributions.ts"
import * as Moments from "../stats/Moments.ts"
import * as Strata from "../stats/paired/Strata.ts"
import type { RaterKind } from "../study/Rater.ts"
import type { MetricComparison } from "./Comparison.ts"
import { type Metric, scaleOf } from "./Metric.ts"
import { type ScoredText, scoreName } from "./readTexts.ts"

interface PostTexts {
  readonly texts: readonly ScoredText[]
  readonly score: number
}

/** Posts that have the same words on both sides are the same post. */
const keyOf = ({ suite, post, postHash }: ScoredText) => `${suite}\u0000${post}\u0000${postHash}`

const byPost = (
  texts: readonly ScoredText[],
  metric: Metric,
  kind: RaterKind
): ReadonlyMap<string, PostTexts> => {
  const name = scoreName(kind, metric.instrument.name, metric.measure)
  const { minimum, maximum } = scaleOf(metric)
  const scored = texts.filter((text) => text.scores.has(name))
  return new Map(
    [...Map.groupBy(scored, keyOf)].map(([key, group]) => {
      const mean = Moments.mean(group.map((text) => text.scores.get(name)!))
      return [key, { texts: group, score: metric.turned ? minimum + maximum - mean : mean }]
    })
  )
}

interface Valued {
  readonly domain: string
  readonly value: number
}

const weighted = (entries: readonly Valued[], resolution: number) => {
  const domains = [...new Set(entries.map(({ domain }) => domain))].sort()
  return Strata.mean(
    Float64Array.from(entries, ({ value }) => value),
    Int32Array.from(entries, ({ domain }) => domains.indexOf(domain)),
    domains.length,
    resolution
  )
}

const interval = ({ estimate, se, df }: Strata.StratifiedMean) => {
  const half = se === 0 ? 0 : Distributions.qt(0.975, df) * se
  return { estimate, lower: estimate - half, upper: estimate + half }
}

/** What a pair of sources and a metric are compared on. */
export interface Pairing {
  readonly metric: Metric
  readonly kind: RaterKind
  readonly a: readonly ScoredText[]
  readonly b: readonly ScoredText[]
  /** Posts shown with their texts. */
  readonly show: number
}

/** The numbers of a comparison; who is compared is for the caller to add. */
export type Paired = Pick<
  MetricComparison,
  "posts" | "onlyA" | "onlyB" | "meanA" | "meanB" | "difference" | "p" | "domains" | "largest"
>

/** Compares. */
export const pairSides = ({ metric, kind, a, b, show }: Pairing): Paired => {
  const before = byPost(a, metric, kind)
  const after = byPost(b, metric, kind)
  const keys = [...before.keys()].filter((key) => after.has(key))
  const { minimum, maximum } = scaleOf(metric)
  const resolution = 1e-12 * Math.max(Math.abs(minimum), Math.abs(maximum))
  const pairs = keys.map((key) => {
    const [one, two] = [before.get(key)!, after.get(key)!]
    const change = two.score - one.score
    const value = Math.abs(change) <= resolution ? 0 : change
    return { domain: one.texts[0]!.domain, value, one, two }
  })
  const result = weighted(pairs, resolution)
  const side = (pick: "one" | "two") => {
    const mean = weighted(
      pairs.map((pair) => ({ domain: pair.domain, value: pair[pick].score })),
      resolution
    )
    return mean.ok ? mean.value.estimate : null
  }
  const p = !result.ok
    ? 1
    : result.value.se > 0
      ? Distributions.twoSided(result.value.estimate / result.value.se, result.value.df)
      : Number(result.value.estimate === 0)
  const shown = ({ texts, score }: PostTexts) => ({
    text: texts[0]!.text,
    outcome: texts[0]!.outcome,
    texts: texts.length,
    score
  })
  return {
    posts: pairs.length,
    onlyA: before.size - pairs.length,
    onlyB: after.size - pairs.length,
    meanA: side("one"),
    meanB: side("two"),
    difference: result.ok ? interval(result.value) : null,
    p,
    domains: [...Map.groupBy(pairs, ({ domain }) => domain)]
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([domain, group]) => {
        const own = weighted(group, resolution)
        return own.ok
          ? { domain, posts: group.length, ...interval(own.value) }
          : { domain, posts: 1, estimate: group[0]!.value, lower: null, upper: null }
      }),
    largest: pairs
      .filter(({ value }) => value !== 0)
      .toSorted((x, y) => Math.abs(y.value) - Math.abs(x.value))
      .slice(0, show)
      .map(({ value, one, two }) => {
        const { suite, post, title, body } = one.texts[0]!
        return { suite, post, title, body, change: value, a: shown(one), b: shown(two) }
      })
  }
}
