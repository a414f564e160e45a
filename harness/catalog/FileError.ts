/** A file that people write is wrong: where, why and what to do, in one line. */
import { Schema } from "effect"

/** `place` is `file`, `file:line:column` or `file:line`, optionally with a key behind it. */
export class FileError extends Schema.TaggedError<FileError>()("FileError", {
  place: Schema.String,
  reason: Schema.String,
  mend: Schema.String
}) {
  override get message() {
    return `${this.place}: ${this.reason}; ${this.mend}`
  }
}
