/** A rating: one rater's value for one response on one dimension, or why there is none. */
import { Schema } from "effect"
import { CallKey, DimensionName, InstrumentName, RaterId } from "./Ids.ts"
import { RaterKind } from "./Rater.ts"

const rated = {
  rater: RaterId,
  raterKind: RaterKind,
  /** The content address of the response's call. */
  response: CallKey,
  instrument: InstrumentName,
  dimension: DimensionName
}

/** A value on the dimension's scale. */
export class Scored extends Schema.TaggedClass<Scored>()("Scored", { ...rated, value: Schema.Finite }) {}

/** No value, and the reason. Never replaced by a made-up value. */
export class Unscored extends Schema.TaggedClass<Unscored>()("Unscored", {
  ...rated,
  reason: Schema.NonEmptyString
}) {}

/** Either. */
export const Rating = Schema.Union([Scored, Unscored])
export type Rating = typeof Rating.Type
