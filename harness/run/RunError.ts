/** A run cannot begin: what is wrong with the study as a whole, and what to do. */
import { Schema } from "effect"

export class RunError extends Schema.TaggedError<RunError>()("RunError", {
  place: Schema.String,
  reason: Schema.String,
  mend: Schema.String
}) {
  override get message() {
    return `${this.place}: ${this.reason}; ${this.mend}`
  }
}
