/** A rater: who says how empathic a response is. */
import { Effect, Schema } from "effect"
import { RaterId } from "./Ids.ts"
import { Parameters } from "./Source.ts"

/**
 * `human`: a person; `judge`: a language model asked with a prompt; `proxy`: a formula over the text. The
 * kind is kept with every rating and shown with every number; scores of one kind are never ranked in a table
 * with another's.
 */
export const RaterKind = Schema.Literals(["human", "judge", "proxy"])
export type RaterKind = typeof RaterKind.Type

/** A rater as a study file names it: an automatic one, behind a plugin. People come in by import. */
export class Rater extends Schema.Class<Rater>("warmline/Rater")({
  /** How tables name it. */
  id: RaterId,
  /** `plugin` or `plugin/model`, as for a source. */
  model: Schema.NonEmptyString,
  /** How a judge is asked; temperature 0 unless it says else. A proxy has none. */
  parameters: Parameters.pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  config: Schema.Record(Schema.String, Schema.Json).pipe(Schema.withDecodingDefaultKey(Effect.succeed({})))
}) {}
