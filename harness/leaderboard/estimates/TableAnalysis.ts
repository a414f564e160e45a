/** What an estimator hands to a table, whichever it was: post-paired contrasts of text means, or a mixed model. */
import type { PairedAnalysis } from "../../stats/paired/PairedContrasts.ts"
import type { Contrast, DomainSlice, EstimateModel, Interval } from "../Leaderboard.ts"

/** One source. */
export interface AnalysedSource {
  readonly source: string
  /** `null` with a `reason`. */
  readonly mean: Interval | null
  readonly reason?: string
  readonly rank: readonly [number, number]
  /** Posts with a rated text. */
  readonly posts: number
}

/** All of it. */
export interface TableAnalysis {
  readonly sources: readonly AnalysedSource[]
  readonly contrasts: readonly Contrast[]
  readonly domains: readonly DomainSlice[]
  /** Why there is no ranking, if so. */
  readonly refusal?: string
  readonly notes: readonly string[]
  readonly model: EstimateModel
}

/** An interval without what else an estimator says. */
export const intervalOf = ({ estimate, lower, upper }: Interval): Interval => ({ estimate, lower, upper })

/** The analysis of a table of judges or proxies in the common form. */
export const ofPaired = (analysis: PairedAnalysis, texts: number): TableAnalysis => ({
  sources: analysis.sources.map(({ source, mean, rank, n }) => ({
    source,
    ...(mean.ok ? { mean: intervalOf(mean.value) } : { mean: null, reason: mean.reason }),
    rank,
    posts: n
  })),
  contrasts: analysis.contrasts.map((entry) => ({
    a: entry.a,
    b: entry.b,
    estimate: entry.estimate,
    se: entry.se,
    lower: entry.lowerSimultaneous,
    upper: entry.upperSimultaneous,
    p: entry.pAdjusted,
    posts: entry.n,
    minimumDetectable: entry.mde
  })),
  domains: analysis.domains.map(({ domain, sources }) => ({
    domain,
    rows: sources.map(({ n, ...entry }) => ({ ...entry, posts: n }))
  })),
  ...(analysis.refusal === undefined ? {} : { refusal: analysis.refusal }),
  notes: [
    ...analysis.notes,
    ...analysis.omitted.map(({ a, b, reason }) => `${a} and ${b} are not compared: ${reason}`)
  ],
  model: { name: "paired", formula: "text means, paired by post, domains weighted equally", texts }
})
