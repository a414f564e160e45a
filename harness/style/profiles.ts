/**
 * Each source's style against the others': for every feature the mean difference, by post, between a source and the mean
 * of the other sources that answered the post; every domain weighs the same. Standardised by the standard deviation
 * over posts, pooled within sources. Holm over all tests of the table.
 */
import { adjust } from "../stats/Adjust.ts"
import * as Distributions from "../stats/Distributions.ts"
import * as Moments from "../stats/Moments.ts"
import * as Strata from "../stats/paired/Strata.ts"
import { type FeatureName, featureNames, type Style } from "./features.ts"
import { meanStyle, type StyledText } from "./StyledText.ts"

/** One source's difference from the others on one feature. */
export interface ProfileEntry {
  readonly source: string
  readonly feature: FeatureName
  /** Of the source's texts, every post weighing the same. */
  readonly mean: number
  /** Posts that the source and another answered. */
  readonly posts: number
  /** In the feature's unit. */
  readonly difference: number
  /** In standard deviations, with its 95 % interval; `null` where the feature never varies within a source. */
  readonly standardised: { readonly estimate: number; readonly lower: number; readonly upper: number } | null
  readonly p: number
  readonly pAdjusted: number
}

interface PostStyles {
  readonly domain: string
  readonly by: ReadonlyMap<string, Style>
}

const byPost = (texts: readonly StyledText[]): readonly PostStyles[] =>
  [...Map.groupBy(texts, ({ post }) => post).values()].map((group) => ({
    domain: group[0]!.domain,
    by: new Map(
      [...Map.groupBy(group, ({ source }) => source)].map(([source, own]) => [source, meanStyle(own)])
    )
  }))

/** All entries, sources as given, features in their order; features that are the same in every text are left out. */
export const profiles = (
  texts: readonly StyledText[],
  sources: readonly string[]
): readonly ProfileEntry[] => {
  const posts = byPost(texts)
  const domains = [...new Set(posts.map(({ domain }) => domain))].sort()
  const entries = featureNames.flatMap((feature) => {
    const values = new Map(
      sources.map((source) => [
        source,
        posts.flatMap(({ by }) => {
          const own = by.get(source)
          return own === undefined ? [] : [own[feature]]
        })
      ])
    )
    const all = [...values.values()].flat()
    if (Moments.isConstant(all)) return []
    let squares = 0
    let df = 0
    for (const own of values.values()) {
      if (own.length < 2) continue
      squares += Moments.variance(own) * (own.length - 1)
      df += own.length - 1
    }
    const resolution = 1e-12 * Math.max(...all.map(Math.abs))
    const sd = df === 0 ? 0 : Math.sqrt(squares / df)
    return sources.flatMap((source) => {
      const pairs = posts.flatMap(({ domain, by }) => {
        const own = by.get(source)
        const others = [...by].filter(([name]) => name !== source).map(([, style]) => style[feature])
        return own === undefined || others.length === 0
          ? []
          : [{ stratum: domains.indexOf(domain), value: own[feature] - Moments.mean(others) }]
      })
      const result = Strata.mean(
        Float64Array.from(pairs, ({ value }) => value),
        Int32Array.from(pairs, ({ stratum }) => stratum),
        domains.length,
        resolution
      )
      if (!result.ok) return []
      const { estimate, se, df: own } = result.value
      const d = estimate / sd
      // The standard deviation is estimated too: its share of the error is d²/2df (Hedges & Olkin 1985, ch. 5).
      const half = Distributions.qt(0.975, own) * Math.sqrt((se / sd) ** 2 + d ** 2 / (2 * df))
      return [
        {
          source,
          feature,
          mean: Moments.mean(values.get(source)!),
          posts: pairs.length,
          difference: estimate,
          standardised: sd > resolution ? { estimate: d, lower: d - half, upper: d + half } : null,
          p: se > 0 ? Distributions.twoSided(estimate / se, own) : Number(estimate === 0)
        }
      ]
    })
  })
  const adjusted = adjust(
    entries.map(({ p }) => p),
    "holm"
  )
  const order = new Map(sources.map((source, i) => [source, i]))
  return entries
    .map((entry, i): ProfileEntry => ({ ...entry, pAdjusted: adjusted[i]! }))
    .sort((a, b) => order.get(a.source)! - order.get(b.source)!)
}
