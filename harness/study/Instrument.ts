/** An instrument: a named questionnaire. */
import { Effect, Schema } from "effect"
import { type Hashable, hashJson } from "./Hash.ts"
import { type ContentHash, DimensionName, InstrumentName } from "./Ids.ts"

/** The values a dimension can take: from `minimum` to `maximum` in steps of `step`. */
export const Scale = Schema.Struct({
  minimum: Schema.Finite,
  maximum: Schema.Finite,
  /** Greater than 0; half points are 0.5. */
  step: Schema.Finite.pipe(
    Schema.check(Schema.isGreaterThan(0)),
    Schema.withDecodingDefaultKey(Effect.succeed(1))
  ),
  /** What each named point means, for people and judges alike. Keys are the numbers. */
  anchors: Schema.Record(Schema.String, Schema.NonEmptyString).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed({}))
  )
}).pipe(
  Schema.check(
    Schema.makeFilter((scale) =>
      scale.minimum < scale.maximum
        ? undefined
        : `minimum ${scale.minimum} is not below maximum ${scale.maximum}`
    )
  )
)
export type Scale = typeof Scale.Type

/** One question and its scale. */
export const Dimension = Schema.Struct({
  name: DimensionName,
  /** As it is put to a rater. */
  question: Schema.NonEmptyString,
  scale: Scale,
  /** `reversed`: more of it is worse; it counts as minimum + maximum − value in the aggregate. */
  direction: Schema.Literals(["higher-is-better", "reversed"]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("higher-is-better" as const))
  )
})
export type Dimension = typeof Dimension.Type

/** A questionnaire. Its aggregate is the mean of its dimensions, the reversed ones turned round. */
export class Instrument extends Schema.Class<Instrument>("warmline/Instrument")({
  name: InstrumentName,
  title: Schema.NonEmptyString,
  /** What is said to a rater before the questions. */
  instructions: Schema.NonEmptyString,
  dimensions: Schema.NonEmptyArray(Dimension),
  /**
   * `mean`: dimensions are combined; `none`: each stands for itself and nothing is summed (risk is shown
   * beside empathy, never mixed in).
   */
  aggregate: Schema.Literals(["mean", "none"]),
  /** Where it comes from. */
  citation: Schema.NonEmptyString
}) {}

/** The hash of everything a rater is asked and of how the answers combine. */
export const instrumentHash = (instrument: Instrument): ContentHash =>
  hashJson({
    instructions: instrument.instructions,
    dimensions: instrument.dimensions as unknown as Hashable,
    aggregate: instrument.aggregate
  })

/** Whether a value stands on a scale (within 1e-9 of a step). */
export const isOnScale = (scale: Scale, value: number): boolean => {
  if (!Number.isFinite(value) || value < scale.minimum - 1e-9 || value > scale.maximum + 1e-9) return false
  const steps = (value - scale.minimum) / scale.step
  return Math.abs(steps - Math.round(steps)) < 1e-9
}

/** The step of a scale on which a value stands, without what arithmetic left beside it (0.30000000000000004). */
export const onStep = ({ minimum, step }: Scale, value: number): number =>
  Number((minimum + Math.round((value - minimum) / step) * step).toFixed(9))

/** The value of a dimension as it counts: turned round when the dimension is reversed. */
export const oriented = (dimension: Dimension, value: number): number =>
  dimension.direction === "reversed" ? dimension.scale.minimum + dimension.scale.maximum - value : value
