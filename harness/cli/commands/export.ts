/** `warmline export`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { callFlags } from "../callFlags.ts"
import * as flags from "../flags.ts"

const options = {
  run: Argument.String("run").pipe(
    Argument.withDescription("Run id (default: the newest; see `warmline list runs`)"),
    Argument.optional
  ),
  format: Flag.Literals("format", ["parquet", "jsonl", "csv", "inspect"]).pipe(
    Flag.withDescription(
      "Tables as Parquet, JSON lines or CSV, or a log in Inspect's format for each source and condition (default: parquet)"
    ),
    Flag.withDefault("parquet" as const)
  ),
  output: Flag.String("output").pipe(
    Flag.withAlias("o"),
    Flag.withDescription("Folder to write to (default: exports/RUN)"),
    Flag.optional
  ),
  prices: callFlags.prices,
  store: flags.store,
  json: flags.json
}

/** What the command was given. */
export type ExportOptions = Command.Command.Config.Infer<typeof options>

export const exportRun = Command.make(
  "export",
  options,
  Effect.fn(function* (given) {
    const { exportFiles } = yield* Effect.promise(() => import("../actions/exportFiles.ts"))
    yield* exportFiles(given)
  })
).pipe(
  Command.withDescription("Write a run's posts, responses and ratings, a row each, for other programs"),
  Command.withExamples([
    {
      command: "warmline export quick-1a2b3c4d -o data",
      description: "data/posts.parquet, responses.parquet, ratings.parquet and manifest.json"
    },
    {
      command: "warmline export --format inspect -o logs",
      description: "Logs that Inspect's tools read, of the newest run"
    }
  ])
)
