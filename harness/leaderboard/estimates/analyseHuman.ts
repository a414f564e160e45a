/** A table of people's ratings: means, differences and ranks by the ranking model, or every reason why it is not ranked. */
import * as RankSets from "../../stats/mixed/RankSets.ts"
import * as Refusal from "../../stats/mixed/Refusal.ts"
import type { Contrast, SliceRow } from "../Leaderboard.ts"
import { fitHuman, type HumanModel, MOST_DENSE_SLICE, MOST_RATINGS_SLICE } from "./humanModel.ts"
import { columnsOf, type LongRatings, where } from "./LongRatings.ts"
import type { AnalysedSource, TableAnalysis } from "./TableAnalysis.ts"

/** Differences of a fit with both ends, under the sources' names; those without are left out. */
export const contrastsOf = (
  { means, contrasts }: Pick<HumanModel, "means" | "contrasts">,
  common: (a: string, b: string) => number
): readonly Contrast[] => {
  let at = 0
  return means.flatMap(({ source: a }, i) =>
    means.slice(i + 1).flatMap(({ source: b }) => {
      const entry = contrasts[at++]!
      const { estimate, SE, lower, upper, p_adjusted, minimum_detectable } = entry
      if (estimate === null || lower === null || upper === null) return []
      return [
        {
          a,
          b,
          estimate,
          se: SE!,
          lower,
          upper,
          p: p_adjusted!,
          posts: common(a, b),
          minimumDetectable: minimum_detectable!
        }
      ]
    })
  )
}

/** Posts by source, and how many two of them share. */
export const postsOf = (long: LongRatings) => {
  const posts = new Map<string, Set<number>>()
  long.source.forEach((source, row) => {
    const set = posts.get(source) ?? new Set()
    posts.set(source, set.add(long.ordinal[row]!))
  })
  const none = new Set<number>()
  return {
    of: (source: string) => posts.get(source)?.size ?? 0,
    common: (a: string, b: string) => {
      const others = posts.get(b) ?? none
      return [...(posts.get(a) ?? none)].filter((post) => others.has(post)).length
    }
  }
}

/** Each source's mean in a part of the posts, with its own fit; unadjusted intervals. */
export const sliceRows = (long: LongRatings, sources: readonly string[]): readonly SliceRow[] => {
  const posts = postsOf(long)
  const fitted = fitHuman(columnsOf(long), sources, {
    adjust: "none",
    most: MOST_DENSE_SLICE,
    mostRatings: MOST_RATINGS_SLICE
  })
  return sources.flatMap((source): readonly SliceRow[] => {
    if (posts.of(source) === 0) return []
    const mean = fitted.ok ? fitted.value.means.find((entry) => entry.source === source) : undefined
    const known = mean !== undefined && mean.emmean !== null && mean.lower !== null
    if (known) {
      return [{ source, mean: mean.emmean!, lower: mean.lower, upper: mean.upper, posts: posts.of(source) }]
    }
    // Without a model the plain mean stands alone.
    const values = long.rating.filter((_, row) => long.source[row] === source)
    const plain = values.reduce((sum, value) => sum + value, 0) / values.length
    return [{ source, mean: plain, lower: null, upper: null, posts: posts.of(source) }]
  })
}

/** The table's analysis, and the fit behind it for what stands beside the table. */
export interface HumanAnalysis {
  readonly analysis: TableAnalysis
  /** Absent where nothing could be fitted. */
  readonly model?: HumanModel
  /** Sources with a rated text. */
  readonly rated: readonly string[]
}

/** The ranking and its slices by domain. */
export const analyseHuman = (
  long: LongRatings,
  sources: readonly string[],
  thresholds: Refusal.Thresholds
): HumanAnalysis => {
  const texts = new Set(long.source.map((source, row) => `${long.ordinal[row]} ${long.epoch[row]} ${source}`))
  const columns = columnsOf(long)
  const posts = postsOf(long)
  const rated = sources.filter((source) => posts.of(source) > 0)
  const fitted = fitHuman(columns, rated)
  const model = fitted.ok ? fitted.value : undefined
  const coverage = Refusal.coverage(columns)
  // A source alone has a mean and nothing to be ranked against: that is no refusal.
  const reasons =
    coverage.ratings > 0 && coverage.sources < 2
      ? []
      : [
          ...Refusal.reasons(coverage, model ?? { converged: true }, thresholds),
          ...(fitted.ok || coverage.ratings === 0 ? [] : [`the model could not be fitted: ${fitted.reason}`])
        ]
  const contrasts = model === undefined ? [] : contrastsOf(model, posts.common)
  const { sets } = RankSets.make(rated, model?.contrasts ?? [])
  const refused = reasons.length > 0
  const entries = sources.map((source): AnalysedSource => {
    const mean = model?.means.find((entry) => entry.source === source)
    const set = sets.find((entry) => entry.source === source)
    const known = mean?.emmean != null && mean.lower !== null && mean.upper !== null
    return {
      source,
      ...(known
        ? { mean: { estimate: mean.emmean!, lower: mean.lower!, upper: mean.upper! } }
        : {
            mean: null,
            reason:
              posts.of(source) === 0
                ? "nobody rated a text of it"
                : (mean?.reason ?? (fitted.ok ? "no mean" : fitted.reason))
          }),
      rank: refused || set === undefined ? [1, rated.length] : [set.best, set.worst],
      posts: posts.of(source)
    }
  })
  const domains = [...new Set(long.domain)].sort()
  const analysis: TableAnalysis = {
    sources: entries,
    contrasts,
    // With one domain the slice would be the table.
    domains:
      domains.length < 2
        ? []
        : domains.map((domain) => ({
            domain,
            rows: sliceRows(
              where(long, (row) => long.domain[row] === domain),
              rated
            )
          })),
    ...(refused ? { refusal: reasons.join("; ") } : {}),
    notes: [
      ...(long.repeated === 0
        ? []
        : [
            `${long.repeated.toLocaleString("en")} repeated ratings of a text by the same person are averaged with the first`
          ]),
      ...(model?.notes ?? []),
      ...(model?.contrasts ?? []).flatMap(({ contrast, reason }) =>
        reason === undefined ? [] : [`${contrast} is not compared: ${reason}`]
      )
    ],
    model: {
      name: model?.name === "two-way" ? "two-way" : "ranking",
      formula: model?.formula ?? "",
      texts: texts.size,
      ratings: long.rating.length,
      ...(model?.variances === undefined ? {} : { variances: model.variances })
    }
  }
  return { analysis, rated, ...(model === undefined ? {} : { model }) }
}
