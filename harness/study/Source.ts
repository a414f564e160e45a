/** A source: who wrote a response. */
import { Effect, Schema } from "effect"
import { SourceId } from "./Ids.ts"

/**
 * What a source is. `model`: a language model; `program`: rules without a model, such as the embedded
 * controls; `human`: a person, and only ever because an imported file says so.
 */
export const SourceKind = Schema.Literals(["model", "program", "human"])
export type SourceKind = typeof SourceKind.Type

/** Sampling parameters as a study asks for them. What a model cannot do is recorded, not dropped in silence. */
export const Parameters = Schema.Struct({
  /** 0 and up; absent: the provider's own default. */
  temperature: Schema.optionalKey(
    Schema.Finite.pipe(Schema.check(Schema.isBetween({ minimum: 0, maximum: 5 })))
  ),
  /** Nucleus sampling, 0 to 1. */
  topP: Schema.optionalKey(Schema.Finite.pipe(Schema.check(Schema.isBetween({ minimum: 0, maximum: 1 })))),
  /** The most tokens a response may have. */
  maxTokens: Schema.optionalKey(Schema.Int.pipe(Schema.check(Schema.isGreaterThan(0))))
})
export type Parameters = typeof Parameters.Type

/** A source as a study file names it. */
export class Source extends Schema.Class<Source>("warmline/Source")({
  /** How tables name it; unique within the study. */
  id: SourceId,
  /** `plugin`, `plugin/model`, `./file.ts` or `./file.ts/model`. */
  model: Schema.NonEmptyString,
  /** Overrides the study's parameters for this source. */
  parameters: Parameters.pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  /** What the plugin's own config schema takes (a base URL, a recorded file); never a secret. */
  config: Schema.Record(Schema.String, Schema.Json).pipe(Schema.withDecodingDefaultKey(Effect.succeed({})))
}) {}
