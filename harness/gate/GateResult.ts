/** What a gate answered and why, as data: every view of it (terminal, JUnit, Markdown, annotations) shows this. */
import { Schema } from "effect"
import { RaterKind } from "../study/Rater.ts"

const Answer = Schema.Literals(["pass", "fail", "inconclusive"])

/** `null`: no number below a million would do. */
const More = Schema.Struct({
  posts: Schema.NullOr(Schema.Int),
  epochs: Schema.optionalKey(Schema.NullOr(Schema.Int))
})
export type GateMore = typeof More.Type

/** A one-sided 95 % bound on each side of an estimate. */
const Bounds = Schema.Struct({
  estimate: Schema.Finite,
  se: Schema.Finite,
  df: Schema.Finite,
  lower: Schema.Finite,
  upper: Schema.Finite
})

/** One criterion. */
export const GateCriterion = Schema.Struct({
  metric: Schema.String,
  /** `margin`: of candidate minus baseline; `ceiling`: of the candidate's own mean. */
  kind: Schema.Literals(["margin", "ceiling"]),
  /** Points: how much worse the candidate may be, or the highest mean it may have. */
  allowed: Schema.Finite,
  scale: Schema.Struct({ minimum: Schema.Finite, maximum: Schema.Finite }),
  /** More of the dimension is worse, and values are turned round so that a drop is a change for the worse. */
  turned: Schema.Boolean,
  answer: Answer,
  posts: Schema.Int,
  /** Domain-weighted means over these posts; of the baseline only for a margin. */
  candidate: Schema.NullOr(Schema.Finite),
  baseline: Schema.NullOr(Schema.Finite),
  /** The difference (margin) or the mean (ceiling); absent where fewer than two posts are there. */
  seen: Schema.NullOr(Bounds),
  /** What the bound shows is what was asked for. */
  holds: Schema.Boolean,
  /** One-sided, that the criterion is broken; and adjusted by Holm over the criteria. */
  p: Schema.Finite,
  pAdjusted: Schema.Finite,
  more: Schema.optionalKey(More)
})
export type GateCriterion = typeof GateCriterion.Type

const Side = Schema.Struct({
  run: Schema.String,
  source: Schema.String,
  plugin: Schema.String,
  version: Schema.String,
  model: Schema.String
})

/** The document behind `warmline gate --json`. */
export const GateResult = Schema.Struct({
  format: Schema.Literal("warmline-gate/1"),
  answer: Answer,
  candidate: Side,
  baseline: Schema.Struct({ ...Side.fields, savedAt: Schema.String, hash: Schema.String }),
  condition: Schema.String,
  raterKind: RaterKind,
  raters: Schema.Array(Schema.String),
  /** One-sided level of every bound. */
  level: Schema.Finite,
  criteria: Schema.Array(GateCriterion),
  /** What would settle an inconclusive gate four times in five, going by what was seen. */
  more: Schema.optionalKey(More),
  /** Posts the candidate is held to, those of them with a score of both sides, and why others have none. */
  posts: Schema.Int,
  paired: Schema.Int,
  missing: Schema.Array(Schema.Struct({ reason: Schema.String, posts: Schema.Int })),
  /** The share of posts that may be missing in a pass. */
  maxMissing: Schema.Finite,
  /** How differently each rater scores the baseline's texts now than when it was saved, with a 95 % interval. */
  drift: Schema.Array(
    Schema.Struct({
      metric: Schema.String,
      /** Absent with a baseline of an earlier version, which knows the raters' mean alone. */
      rater: Schema.optionalKey(Schema.String),
      posts: Schema.Int,
      estimate: Schema.Finite,
      lower: Schema.Finite,
      upper: Schema.Finite
    })
  ),
  /** The candidate was judged long before the baseline's texts, and the judge has drifted: no answer can be given. */
  stale: Schema.optionalKey(Schema.Literal(true)),
  /** What judging the baseline's texts took just now, and what it has cost over all starts of this gate, in US dollars. */
  judging: Schema.optionalKey(Schema.Struct({ calls: Schema.Int, cost: Schema.NullOr(Schema.Finite) })),
  notes: Schema.Array(Schema.String)
})
export type GateResult = typeof GateResult.Type
