/** The parts of a leaderboard's tables beside means and ranks: other analyses, corrections, slices. */
import { Schema } from "effect"
import { RaterKind } from "../study/Rater.ts"
import { Panel } from "../study/Study.ts"

/** A mean with its two-sided interval, in points of the instrument's scale. */
export const Interval = Schema.Struct({
  estimate: Schema.Finite,
  lower: Schema.Finite,
  upper: Schema.Finite
})
export type Interval = typeof Interval.Type

/** A source's mean over a part of the posts; its interval stands alone and is not adjusted. */
export const SliceRow = Schema.Struct({
  source: Schema.String,
  mean: Schema.Finite,
  lower: Schema.NullOr(Schema.Finite),
  upper: Schema.NullOr(Schema.Finite),
  posts: Schema.Int
})
export type SliceRow = typeof SliceRow.Type

/** One domain's means: exploratory, not adjusted. */
export const DomainSlice = Schema.Struct({ domain: Schema.String, rows: Schema.Array(SliceRow) })
export type DomainSlice = typeof DomainSlice.Type

/** How a table's numbers were estimated. */
export const EstimateModel = Schema.Struct({
  /**
   * `paired`: text means, paired by post; `ranking`: the mixed model; `two-way`: least squares with errors clustered
   * by post and rater, where the mixed model would be too large.
   */
  name: Schema.Literals(["paired", "ranking", "two-way"]),
  formula: Schema.String,
  texts: Schema.Int,
  /** One a person and text. */
  ratings: Schema.optionalKey(Schema.Int),
  /** Of the mixed model. */
  variances: Schema.optionalKey(Schema.Record(Schema.String, Schema.Finite))
})
export type EstimateModel = typeof EstimateModel.Type

/** A difference of two sources by another analysis; the interval is simultaneous over all pairs unless it says otherwise. */
export const PairInterval = Schema.Struct({
  a: Schema.String,
  b: Schema.String,
  estimate: Schema.Finite,
  lower: Schema.Finite,
  upper: Schema.Finite
})
export type PairInterval = typeof PairInterval.Type

/** A pair on which two analyses disagree. 1: a above b, −1: b above a, 0: not distinguishable. */
export const Change = Schema.Struct({
  a: Schema.String,
  b: Schema.String,
  here: Schema.Literals([-1, 0, 1]),
  there: Schema.Literals([-1, 0, 1])
})
export type Change = typeof Change.Type

/** The paper's model on the same ratings: a replication, not a ranking. */
export const Replication = Schema.Struct({
  formula: Schema.String,
  rows: Schema.Array(Schema.Struct({ source: Schema.String, mean: Schema.NullOr(Interval) })),
  contrasts: Schema.Array(PairInterval),
  /** Pairs on which it says something else than the table. */
  changes: Schema.Array(Change)
})
export type Replication = typeof Replication.Type

/** The contrasts that the study declared beforehand, a family of their own. */
export const Declared = Schema.Struct({
  contrasts: Schema.Array(
    Schema.Struct({
      a: Schema.String,
      b: Schema.String,
      estimate: Schema.Finite,
      /** 95 %, unadjusted. */
      lower: Schema.Finite,
      upper: Schema.Finite,
      /** Two-sided, Holm over the declared contrasts. */
      p: Schema.Finite
    })
  ),
  /** Declared pairs that the data do not determine. */
  missing: Schema.Array(Schema.Tuple([Schema.String, Schema.String]))
})
export type Declared = typeof Declared.Type

/** Whether a table's conclusion depends on how it was analysed. */
export const Sensitivity = Schema.Struct({
  methods: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      /** What the differences are in: `points`, or `logits` of the ordinal model. */
      unit: Schema.Literals(["points", "logits"]),
      contrasts: Schema.Array(PairInterval),
      changes: Schema.Array(Change),
      /** Its intervals are on the wide side: that it separates fewer pairs speaks little against the table. */
      wide: Schema.optionalKey(Schema.Boolean),
      /** Why it could not be made, if so. */
      reason: Schema.optionalKey(Schema.String)
    })
  ),
  /** In a sentence. */
  conclusion: Schema.String
})
export type Sensitivity = typeof Sensitivity.Type

/** A judge's or proxy's means, corrected by the people who rated a random part of the posts (PPI++). */
export const Correction = Schema.Struct({
  panels: Schema.Array(Panel),
  /** Why nothing can be corrected, if so. */
  uncalibrated: Schema.optionalKey(Schema.String),
  rows: Schema.Array(
    Schema.Struct({
      source: Schema.String,
      mean: Schema.NullOr(Interval),
      reason: Schema.optionalKey(Schema.String)
    })
  ),
  /** Unadjusted 95 % intervals. */
  contrasts: Schema.Array(PairInterval)
})
export type Correction = typeof Correction.Type

/** Means over a part of the posts. */
export const Slice = Schema.Struct({
  by: Schema.Literals(["crisis", "length"]),
  /** Such as `crisis posts`. */
  name: Schema.String,
  posts: Schema.Int,
  rows: Schema.Array(SliceRow)
})
export type Slice = typeof Slice.Type

/** A separation of a table that raters of another kind do not find, or find the other way round. */
export const Disagreement = Schema.Struct({
  raterKind: RaterKind,
  panels: Schema.optionalKey(Schema.Array(Panel)),
  raters: Schema.Array(Schema.String),
  changes: Schema.Array(Change)
})
export type Disagreement = typeof Disagreement.Type

/** Sources × conditions: how far an instruction moves a source. */
export const Steerability = Schema.Struct({
  instrument: Schema.String,
  title: Schema.String,
  measure: Schema.String,
  raterKind: RaterKind,
  panels: Schema.optionalKey(Schema.Array(Panel)),
  /** The first is what the others are compared with. */
  conditions: Schema.Array(Schema.String),
  rows: Schema.Array(
    Schema.Struct({
      source: Schema.String,
      cells: Schema.Array(
        Schema.Struct({
          condition: Schema.String,
          mean: Schema.NullOr(Interval),
          /** Against the first condition, paired by post; absent for the first itself. 95 %, unadjusted. */
          change: Schema.optionalKey(Interval),
          /** Of the change; Holm over the matrix. */
          p: Schema.optionalKey(Schema.Finite)
        })
      )
    })
  )
})
export type Steerability = typeof Steerability.Type
