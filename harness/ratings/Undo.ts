/** Ends a transaction that is to leave nothing behind; what it found out is kept. */
import { Schema } from "effect"

export class Undo extends Schema.TaggedError<Undo>()("Undo", {}) {}
