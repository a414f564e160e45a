/** What `warmline compare` finds, as data. */
import { Schema } from "effect"
import { RaterKind } from "../study/Rater.ts"
import { Outcome } from "../study/Response.ts"

const Side = Schema.Struct({
  run: Schema.String,
  source: Schema.String,
  plugin: Schema.String,
  version: Schema.String,
  model: Schema.String
})
export type ComparisonSide = typeof Side.Type

const Difference = Schema.Struct({
  estimate: Schema.Finite,
  lower: Schema.Finite,
  upper: Schema.Finite
})

/** One text, as it was given and what it got; `score` is the mean over its post's texts, which may be several. */
const Shown = Schema.Struct({
  text: Schema.String,
  outcome: Outcome,
  texts: Schema.Int,
  score: Schema.Finite
})

/** One metric of one pair of sources under one condition by one kind of rater. */
export const MetricComparison = Schema.Struct({
  a: Side,
  b: Side,
  condition: Schema.String,
  metric: Schema.String,
  /** More of the dimension is worse; values are turned round, so that higher is better. */
  turned: Schema.Boolean,
  scale: Schema.Struct({ minimum: Schema.Finite, maximum: Schema.Finite }),
  raterKind: RaterKind,
  raters: Schema.Array(Schema.String),
  /** Posts with a scored text on both sides; and of those on each side alone. */
  posts: Schema.Int,
  onlyA: Schema.Int,
  onlyB: Schema.Int,
  /** Domain-weighted means over the paired posts. */
  meanA: Schema.NullOr(Schema.Finite),
  meanB: Schema.NullOr(Schema.Finite),
  /** B − A with its two-sided 95 % interval; absent with fewer than two pairs. */
  difference: Schema.NullOr(Difference),
  /** Two-sided; and adjusted by Holm over all comparisons of the document. */
  p: Schema.Finite,
  pAdjusted: Schema.Finite,
  /** Exploratory, not adjusted; a domain with one post has no interval. */
  domains: Schema.Array(
    Schema.Struct({
      domain: Schema.String,
      posts: Schema.Int,
      estimate: Schema.Finite,
      lower: Schema.NullOr(Schema.Finite),
      upper: Schema.NullOr(Schema.Finite)
    })
  ),
  /** Largest change first, whichever way; posts that did not change are left out. */
  largest: Schema.Array(
    Schema.Struct({
      suite: Schema.String,
      post: Schema.String,
      title: Schema.String,
      body: Schema.String,
      change: Schema.Finite,
      a: Shown,
      b: Shown
    })
  )
})
export type MetricComparison = typeof MetricComparison.Type

/** The document behind `warmline compare --json`. */
export const Comparison = Schema.Struct({
  format: Schema.Literal("warmline-compare/1"),
  comparisons: Schema.Array(MetricComparison),
  /** What differs between the sides beside the sources, and what a reader has to know. */
  notes: Schema.Array(Schema.String)
})
export type Comparison = typeof Comparison.Type
