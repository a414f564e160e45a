/** Ratings as scores of Inspect's kind: a number a sample and scorer, and each scorer's mean with its standard error. */
import type { RunManifest } from "../../run/Manifest.ts"
import type { Panel } from "../../study/Study.ts"
import { panelsOf } from "../../study/Study.ts"
import type { ExportedAnswer, ExportedRating } from "./readRun.ts"

/** Who rates what. Raters of different kinds, and panels that a study keeps apart, are scorers apart. */
export interface Scorer {
  readonly name: string
  readonly instrument: string
  readonly dimension: string
  readonly raterKind: ExportedRating["raterKind"]
  /** A judge's or proxy's name; of people there is none. */
  readonly rater?: string
  readonly panels?: readonly Panel[]
}

/** A sample's score: the mean of its scored ratings that are not excluded. */
export interface SampleScore {
  readonly scorer: Scorer
  /** `undefined` where no rating is left. */
  readonly value: number | undefined
  readonly ratings: number
  readonly excluded: number
  /** Why there is no value, each reason once. */
  readonly unscored: readonly string[]
  /** What a judge gave as its reason. */
  readonly rationales: readonly string[]
}

const scorerOf = (rating: ExportedRating, pool: readonly Panel[]): Scorer => {
  const { instrument, dimension, raterKind, rater } = rating
  const panels = raterKind === "human" ? panelsOf(rating.panel, pool) : undefined
  return {
    name: `${instrument}/${dimension} (${raterKind} ${panels?.join("+") ?? rater})`,
    instrument,
    dimension,
    raterKind,
    ...(panels === undefined ? { rater } : { panels })
  }
}

/** The scores of an answer, in the order of its ratings. */
export const scoresOf = ({ ratings }: ExportedAnswer, manifest: RunManifest): readonly SampleScore[] => {
  const groups = new Map<string, { readonly scorer: Scorer; readonly rows: ExportedRating[] }>()
  for (const rating of ratings) {
    const scorer = scorerOf(rating, manifest.pool ?? [])
    const group = groups.get(scorer.name) ?? { scorer, rows: [] }
    groups.set(scorer.name, group)
    group.rows.push(rating)
  }
  return [...groups.values()].map(({ scorer, rows }): SampleScore => {
    const kept = rows.filter(({ excludedBy }) => excludedBy.length === 0)
    const values = kept.flatMap(({ value }) => (value === null ? [] : [value]))
    return {
      scorer,
      value: values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length,
      ratings: values.length,
      excluded: rows.length - kept.length,
      unscored: [...new Set(kept.flatMap(({ unscored }) => (unscored === null ? [] : [unscored])))],
      rationales: kept.flatMap(({ rationale }) => (rationale ? [rationale] : []))
    }
  })
}

/** Mean and standard error over posts as they come (Welford), and the samples that they come from. */
export class ScorerTally {
  readonly scorer: Scorer
  scored = 0
  unscored = 0
  posts = 0
  mean = 0
  #squares = 0

  constructor(scorer: Scorer) {
    this.scorer = scorer
  }

  /** A post's scores, one of each epoch: their mean is what counts, as epochs of a post are not independent. */
  add(values: readonly (number | undefined)[]): void {
    const there = values.filter((value) => value !== undefined)
    this.scored += there.length
    this.unscored += values.length - there.length
    if (there.length === 0) return
    const value = there.reduce((sum, one) => sum + one, 0) / there.length
    this.posts++
    const before = value - this.mean
    this.mean += before / this.posts
    this.#squares += before * (value - this.mean)
  }

  /** Standard deviation over the root of the number of posts; none below two posts. */
  get stderr(): number | undefined {
    return this.posts < 2 ? undefined : Math.sqrt(this.#squares / (this.posts - 1) / this.posts)
  }
}
