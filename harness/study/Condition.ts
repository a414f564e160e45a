/** A condition: how a source is asked. */
import { Schema } from "effect"
import { hashJson } from "./Hash.ts"
import { ConditionName, type ContentHash } from "./Ids.ts"

/** The target length of a response in words. */
export const WordRange = Schema.Struct({
  /** Words, at least 1. */
  min: Schema.Int.pipe(Schema.check(Schema.isGreaterThan(0))),
  /** Words, at least `min`. */
  max: Schema.Int.pipe(Schema.check(Schema.isGreaterThan(0)))
}).pipe(
  Schema.check(
    Schema.makeFilter((range) =>
      range.min <= range.max ? undefined : `min ${range.min} is above max ${range.max}`
    )
  )
)

/** One way of asking: the system text, the user template and the length asked for. */
export class Condition extends Schema.Class<Condition>("warmline/Condition")({
  name: ConditionName,
  title: Schema.NonEmptyString,
  description: Schema.NonEmptyString,
  /** The system message; absent when the model is to be asked without one. Placeholders as in `Template.ts`. */
  system: Schema.optionalKey(Schema.NonEmptyString),
  /** The user message. Must use `{{post}}` or `{{body}}`. */
  user: Schema.NonEmptyString,
  length: Schema.optionalKey(WordRange)
}) {}

/** The hash of what a source is told; the title and description are for people and do not count. */
export const conditionHash = (condition: Condition): ContentHash =>
  hashJson({
    system: condition.system,
    user: condition.user,
    length: condition.length && { min: condition.length.min, max: condition.length.max }
  })
