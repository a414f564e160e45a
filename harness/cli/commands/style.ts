/** `warmline style`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const options = {
  run: Argument.String("run").pipe(
    Argument.withDescription("Run id (default: the newest; see `warmline list runs`)"),
    Argument.optional
  ),
  condition: Flag.String("condition").pipe(
    Flag.withDescription("Condition (default: the run's only one)"),
    Flag.optional
  ),
  metric: Flag.String("metric").pipe(
    Flag.withDescription(
      "INSTRUMENT, or INSTRUMENT/DIMENSION, whose ratings are to be predicted, repeatable (default: the study's first instrument)"
    ),
    Flag.atLeast(0)
  ),
  store: flags.store,
  json: flags.json
}

/** What the command was given. */
export type StyleOptions = Command.Command.Config.Infer<typeof options>

export const style = Command.make(
  "style",
  options,
  Effect.fn(function* (given) {
    const { showStyle } = yield* Effect.promise(() => import("../actions/showStyle.ts"))
    yield* showStyle(given)
  })
).pipe(
  Command.withDescription(
    "How sources write: each one's style, whether style alone tells them apart, and which features predict ratings"
  ),
  Command.withExamples([{ command: "warmline style", description: "The newest run" }])
)
