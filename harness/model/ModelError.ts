/**
 * Why a call failed, by kind: the kind decides whether it is tried again and what a person is told. Messages
 * are one line and never hold a key: providers' texts are cut and redacted where they come in.
 */
import { Schema } from "effect"

const fields = { message: Schema.String }

/** The provider asked for patience (429). Tried again, after `retryAfterMillis` where it said so. */
export class RateLimited extends Schema.TaggedError<RateLimited>()("RateLimited", {
  ...fields,
  retryAfterMillis: Schema.optional(Schema.Finite)
}) {}

/** The provider failed or could not be reached (5xx, 529, connection lost). Tried again. */
export class Unavailable extends Schema.TaggedError<Unavailable>()("Unavailable", {
  ...fields,
  retryAfterMillis: Schema.optional(Schema.Finite)
}) {}

/** No answer within `--timeout`. Tried again. */
export class TimedOut extends Schema.TaggedError<TimedOut>()("TimedOut", fields) {}

/** The provider will never take this call: never tried again. `auth` stops the whole source at once. */
export class Rejected extends Schema.TaggedError<Rejected>()("Rejected", {
  ...fields,
  reason: Schema.Literals(["bad request", "auth", "not found"])
}) {}

/** The provider's filter refused the question or cut the answer. Not tried again; counted as an outcome. */
export class ContentFiltered extends Schema.TaggedError<ContentFiltered>()("ContentFiltered", fields) {}

/** What came back is not what the provider promises (broken JSON, wrong type, too long). Tried again. */
export class Malformed extends Schema.TaggedError<Malformed>()("Malformed", fields) {}

/** The plugin itself is wrong: it threw, or answered something that is no text. Not tried again. */
export class PluginFault extends Schema.TaggedError<PluginFault>()("PluginFault", fields) {}

/** Every way a call can fail. */
export const ModelError = Schema.Union([
  RateLimited,
  Unavailable,
  TimedOut,
  Rejected,
  ContentFiltered,
  Malformed,
  PluginFault
])
export type ModelError = typeof ModelError.Type

/** A source or rater cannot be used at all: missing key, unknown plugin, bad config. Said before any call. */
export class PluginError extends Schema.TaggedError<PluginError>()("PluginError", {
  plugin: Schema.String,
  reason: Schema.String,
  mend: Schema.String
}) {
  override get message() {
    return `${this.plugin}: ${this.reason}; ${this.mend}`
  }
}
