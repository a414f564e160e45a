/** `warmline init`. */
import { Effect } from "effect"
import { Argument, Command } from "effect/cli"

const options = {
  folder: Argument.String("folder").pipe(
    Argument.withDescription("Where to write (default: here)"),
    Argument.withDefault(".")
  )
}

/** What the command was given. */
export type InitOptions = Command.Command.Config.Infer<typeof options>

export const init = Command.make(
  "init",
  options,
  Effect.fn(function* (given) {
    const { initStudy } = yield* Effect.promise(() => import("../actions/initStudy.ts"))
    yield* initStudy(given)
  })
).pipe(Command.withDescription("Write a study, a plugin and a suite of your own that run at once"))
