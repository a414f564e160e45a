/** Where the data do not determine what was asked: the reason in words, in JSON too, and exit code 1. */
import { Effect } from "effect"
import { visible } from "../../leaderboard/visible.ts"
import { codes, ExitWith } from "../ExitWith.ts"

/** Says why there is no number for `file`, and ends the command. */
export const sayReason = Effect.fn("Cli.sayReason")(function* (file: string, reason: string, json: boolean) {
  process.stderr.write(`warmline: ${visible(`${file}: ${reason}`)}\n`)
  if (json) process.stdout.write(`${JSON.stringify({ reason }, null, 2)}\n`)
  return yield* new ExitWith({ code: codes.failed })
})
