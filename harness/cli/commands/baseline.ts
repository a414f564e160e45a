/** `warmline baseline`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const options = {
  run: Argument.String("run").pipe(
    Argument.withDescription("Run to take it from (default: the newest; see `warmline list runs`)"),
    Argument.optional
  ),
  source: Flag.String("source").pipe(
    Flag.withDescription("Source whose texts are kept (default: the run's only one)"),
    Flag.optional
  ),
  condition: Flag.String("condition").pipe(
    Flag.withDescription("Condition (default: the run's only one)"),
    Flag.optional
  ),
  output: Flag.String("output").pipe(
    Flag.withAlias("o"),
    Flag.withDescription("File to write (default: results/baseline.json)"),
    Flag.withDefault("results/baseline.json")
  ),
  store: flags.store,
  json: flags.json
}

/** What the command was given. */
export type SaveBaselineOptions = Command.Command.Config.Infer<typeof options>

const save = Command.make(
  "save",
  options,
  Effect.fn(function* (given) {
    const { saveBaseline } = yield* Effect.promise(() => import("../actions/saveBaseline.ts"))
    yield* saveBaseline(given)
  })
).pipe(
  Command.withDescription("Keep a source's texts as what later candidates are measured against"),
  Command.withExamples([
    {
      command: "warmline baseline save quick-1a2b3c4d --source reflective -o results/baseline.json",
      description: "Commit the file: `warmline gate` needs nothing else of the run"
    }
  ])
)

export const baseline = Command.make("baseline").pipe(
  Command.withDescription("What candidates are measured against"),
  Command.withSubcommands([save])
)
