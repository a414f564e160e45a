/** `warmline leaderboard`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const options = {
  run: Argument.String("run").pipe(
    Argument.withDescription("Run id (default: the newest; see `warmline list runs`)"),
    Argument.optional
  ),
  store: flags.store,
  output: flags.output,
  site: Flag.String("site").pipe(
    Flag.withDescription(
      "Write a static site of several runs over time to this folder instead: every run of the store, or, with RUN, those of its suites and instruments"
    ),
    Flag.optional
  ),
  json: flags.json
}

/** What the command was given. */
export type LeaderboardOptions = Command.Command.Config.Infer<typeof options>

export const leaderboard = Command.make(
  "leaderboard",
  options,
  Effect.fn(function* (given) {
    const { showLeaderboard } = yield* Effect.promise(() => import("../actions/showLeaderboard.ts"))
    yield* showLeaderboard(given)
  })
).pipe(
  Command.withDescription("Print the leaderboard of a run; nothing is asked of anyone"),
  Command.withExamples([
    { command: "warmline leaderboard", description: "The newest run, on the screen and in files" },
    {
      command: "warmline leaderboard --site public",
      description: "All runs of the store as pages for any static host"
    }
  ])
)
