/** `warmline verify`. */
import { Effect } from "effect"
import { Argument, Command } from "effect/cli"
import * as flags from "../flags.ts"

const options = {
  file: Argument.String("file").pipe(
    Argument.withDescription("leaderboard.json, a baseline, or an export's manifest.json")
  ),
  store: flags.store,
  json: flags.json
}

/** What the command was given. */
export type VerifyOptions = Command.Command.Config.Infer<typeof options>

export const verify = Command.make(
  "verify",
  options,
  Effect.fn(function* (given) {
    const { verifyFile } = yield* Effect.promise(() => import("../actions/verifyFile.ts"))
    yield* verifyFile(given)
  })
).pipe(
  Command.withDescription(
    "Recompute every hash of a file, and its numbers where the store has the run; exit code 1 when anything changed"
  )
)
