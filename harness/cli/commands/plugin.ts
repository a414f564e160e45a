/** `warmline plugin`. */
import { Effect } from "effect"
import { Argument, Command } from "effect/cli"
import * as flags from "../flags.ts"

const options = {
  plugin: Argument.String("plugin").pipe(
    Argument.withDescription("./file.ts, ./file.ts/NAME or PLUGIN/NAME")
  ),
  json: flags.json
}

/** What the command was given. */
export type PluginCheckOptions = Command.Command.Config.Infer<typeof options>

const check = Command.make(
  "check",
  options,
  Effect.fn(function* (given) {
    const { checkPlugin } = yield* Effect.promise(() => import("../actions/checkPlugin.ts"))
    yield* checkPlugin(given)
  })
).pipe(
  Command.withDescription(
    "Put a source plugin through its paces: Unicode, long posts, cancellation, typed errors, seeds, 32 calls at once"
  )
)

export const plugin = Command.make("plugin").pipe(
  Command.withDescription("Check plugins"),
  Command.withSubcommands([check])
)
