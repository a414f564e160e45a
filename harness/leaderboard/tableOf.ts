/** One table: its scores through the estimator that fits who rated. */
import type { RunManifest } from "../run/Manifest.ts"
import { defaults } from "../stats/mixed/Refusal.ts"
import * as PairedContrasts from "../stats/paired/PairedContrasts.ts"
import { deriveSeed } from "../study/CallKey.ts"
import type { SourceKind } from "../study/Source.ts"
import type { Scores } from "./collect.ts"
import { analyseHuman } from "./estimates/analyseHuman.ts"
import { besideHuman } from "./estimates/humanTable.ts"
import type { LongRatings, WordsOf } from "./estimates/LongRatings.ts"
import { besidePaired } from "./estimates/pairedTable.ts"
import { sliceFamilies } from "./estimates/sliceFamily.ts"
import { type SlicedPost, slicesOf } from "./estimates/slices.ts"
import { ofPaired, type TableAnalysis } from "./estimates/TableAnalysis.ts"
import { exclusionsOf } from "./exclusions.ts"
import { counted } from "./formatNumber.ts"
import { judgeNotes } from "./judgeNotes.ts"
import type { Row, Table } from "./Leaderboard.ts"

const sentence: Record<Scores["raterKind"], (raters: readonly string[]) => string> = {
  proxy: (raters) =>
    `Mean score by ${raters.join(", ")}, a PROXY: a formula over the text, not a person's judgement and not a language model's. It tests the pipeline and orders the controls; it does not measure empathy.`,
  judge: (raters) =>
    `Mean score by the judge${raters.length === 1 ? "" : "s"} ${raters.join(", ")}: these judges, not people.`,
  human: (raters) =>
    `Mean rating that people like these ${counted(raters.length, "rater")} would give a source's answers to posts like those of the study, domains weighted equally.`
}

/** What is known of a source's answers under a condition. */
export interface Lengths {
  readonly kind: SourceKind
  readonly words: number
}

/** What all tables of a run share. */
export interface Ground {
  readonly manifest: RunManifest
  readonly sources: readonly string[]
  readonly posts: readonly SlicedPost[]
  /** By source and condition. */
  readonly lengths: ReadonlyMap<string, Lengths>
  /** Of single answers, by condition. */
  readonly words: (condition: string) => WordsOf
}

const rowsOf = (analysis: TableAnalysis, condition: string, lengths: Ground["lengths"]): readonly Row[] =>
  analysis.sources
    .map(({ source, posts, rank, mean, reason }): Row => {
      const length = lengths.get(`${source}\u0000${condition}`)
      return {
        source,
        kind: length?.kind ?? "model",
        mean,
        ...(reason === undefined ? {} : { reason }),
        rank,
        posts,
        words: length?.words ?? 0
      }
    })
    .sort((a, b) => (b.mean?.estimate ?? -Infinity) - (a.mean?.estimate ?? -Infinity))

/** The table of one collection of scores. */
export const tableOf = (scores: Scores, { manifest, sources, posts, lengths, words }: Ground): Table => {
  const { instrument, measure, raterKind, condition, raters, panels, long, all } = scores
  const seed = deriveSeed(manifest.seed, "bootstrap", instrument.name, measure, raterKind, condition)
  const beside = { declared: manifest.contrasts ?? [], words: words(condition), seed }
  const byModel = (own: LongRatings) => analyseHuman(own, sources, manifest.thresholds ?? defaults)
  const paired = (values: Float64Array) => PairedContrasts.analysePaired({ sources, posts, values, seed })
  const textsOf = (values: Float64Array) => values.reduce((n, value) => n + Number(!Number.isNaN(value)), 0)
  const human = long && byModel(long)
  const pairs = human === undefined ? paired(scores.values) : undefined
  const analysis = human?.analysis ?? ofPaired(pairs!, textsOf(scores.values))
  const everybody =
    all && (all.long ? byModel(all.long).analysis : ofPaired(paired(all.values), textsOf(all.values)))
  const scale = (instrument.dimensions.find((entry) => entry.name === measure) ?? instrument.dimensions[0]!)
    .scale
  const slices = slicesOf(scores, sources, posts)
  const families = sliceFamilies(scores, sources, posts, {
    declared: manifest.slices ?? [],
    pairs: beside.declared,
    rated: analysis.sources.filter((entry) => entry.posts > 0).map(({ source }) => source)
  })
  return {
    instrument: instrument.name,
    title: instrument.title,
    measure,
    raterKind,
    ...(panels === undefined ? {} : { panels }),
    raters,
    condition,
    scale: { minimum: scale.minimum, maximum: scale.maximum },
    estimand: sentence[raterKind](raters),
    rows: rowsOf(analysis, condition, lengths),
    contrasts: analysis.contrasts,
    domains: analysis.domains,
    ...(everybody === undefined ? {} : { exclusions: exclusionsOf(scores, analysis, everybody) }),
    model: analysis.model,
    ...(pairs &&
      besidePaired(
        pairs,
        analysis,
        { posts, values: scores.values },
        { ...beside, epochs: manifest.epochs }
      )),
    ...(human && long && besideHuman(human, long, beside)),
    ...(slices.length === 0 ? {} : { slices }),
    ...(families.length === 0 ? {} : { sliceFamilies: families }),
    ...(manifest.slices === undefined ? {} : { declaredSlices: manifest.slices }),
    ...(analysis.refusal === undefined ? {} : { refusal: analysis.refusal }),
    notes: [...(raterKind === "judge" ? judgeNotes(scores, sources, manifest) : []), ...analysis.notes]
  }
}
