/** A command that has said what it had to say and ends with a code other than 0. */
import { Schema } from "effect"

/** Exit codes that mean something to a script; 0 is done and 130 interrupted. */
export const codes = { failed: 1, usage: 2, gateFailed: 100, gateInconclusive: 101 } as const

/** Ends the process with `code`; nothing more is printed. */
export class ExitWith extends Schema.TaggedError<ExitWith>()("ExitWith", { code: Schema.Int }) {}
