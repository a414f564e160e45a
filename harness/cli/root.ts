/** The tree of commands. Flags are declared here and in `commands/`; what they do is loaded when it is needed. */
import { Command } from "effect/cli"
import { init } from "./commands/init.ts"
import { leaderboard } from "./commands/leaderboard.ts"
import { list } from "./commands/list.ts"
import { plugin } from "./commands/plugin.ts"
import { run } from "./commands/run.ts"
import { suite } from "./commands/suite.ts"

/** `warmline`. */
export const root = Command.make("warmline").pipe(
  Command.withDescription(
    "Measures how empathic a language model's responses are perceived to be, and says how sure it is."
  ),
  Command.withSubcommands([run, leaderboard, list, init, plugin, suite])
)
