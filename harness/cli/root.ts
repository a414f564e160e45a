/** The tree of commands. Flags are declared here and in `commands/`; what they do is loaded when it is needed. */
import { Command, Flag, GlobalFlag } from "effect/cli"
import { agreement } from "./commands/agreement.ts"
import { analyze } from "./commands/analyze.ts"
import { audit } from "./commands/audit.ts"
import { baseline } from "./commands/baseline.ts"
import { cache } from "./commands/cache.ts"
import { compare } from "./commands/compare.ts"
import { exportRun } from "./commands/export.ts"
import { gate } from "./commands/gate.ts"
import { imports } from "./commands/import.ts"
import { init } from "./commands/init.ts"
import { judge } from "./commands/judge.ts"
import { leaderboard } from "./commands/leaderboard.ts"
import { list } from "./commands/list.ts"
import { plugin } from "./commands/plugin.ts"
import { power } from "./commands/power.ts"
import { ratings } from "./commands/ratings.ts"
import { run } from "./commands/run.ts"
import { style } from "./commands/style.ts"
import { suite } from "./commands/suite.ts"
import { verify } from "./commands/verify.ts"

/** Read by `main.ts` before the command runs, since the logger stands outside it; declared here for the help. */
const logFormat = GlobalFlag.Setting("log-format")({
  flag: Flag.Literals("log-format", ["text", "json"]).pipe(
    Flag.withDescription("How log lines are written on stderr"),
    Flag.withDefault("text")
  )
})

/** `warmline`. */
export const root = Command.make("warmline").pipe(
  Command.withDescription(
    "Measures how empathic a language model's responses are perceived to be, and says how sure it is."
  ),
  Command.withGlobalFlags([logFormat]),
  Command.withSubcommands([
    run,
    judge,
    leaderboard,
    style,
    analyze,
    agreement,
    audit,
    imports,
    ratings,
    power,
    compare,
    gate,
    baseline,
    exportRun,
    list,
    cache,
    init,
    plugin,
    suite,
    verify
  ])
)
