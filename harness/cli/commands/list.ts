/** `warmline list`. */
import { Effect } from "effect"
import { Argument, Command } from "effect/cli"
import * as flags from "../flags.ts"

const shelves = ["suites", "conditions", "instruments", "studies", "models", "plugins", "runs"] as const

const options = {
  what: Argument.Literals("what", shelves).pipe(Argument.withDescription(shelves.join(", "))),
  store: flags.store,
  json: flags.json
}

/** What the command was given. */
export type ListOptions = Command.Command.Config.Infer<typeof options>

export const list = Command.make(
  "list",
  options,
  Effect.fn(function* (given) {
    const { listShelf } = yield* Effect.promise(() => import("../actions/listShelf.ts"))
    yield* listShelf(given)
  })
).pipe(Command.withDescription("What there is to benchmark with, and what has been run"))
