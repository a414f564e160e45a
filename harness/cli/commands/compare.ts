/** `warmline compare`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const side = "a run, RUN:SOURCE, or a source of the run that --run names"

const options = {
  a: Argument.String("a").pipe(Argument.withDescription(`The first: ${side}`)),
  b: Argument.String("b").pipe(Argument.withDescription("The second; differences are second minus first")),
  run: Flag.String("run").pipe(
    Flag.withDescription("Run in which sources named alone are looked up (default: the newest)"),
    Flag.optional
  ),
  source: Flag.String("source").pipe(
    Flag.withDescription("Of two runs, this source only (default: every source that both have)"),
    Flag.optional
  ),
  condition: Flag.String("condition").pipe(
    Flag.withDescription("This condition only (default: every condition that both have)"),
    Flag.optional
  ),
  metric: Flag.String("metric").pipe(
    Flag.withDescription(
      "INSTRUMENT, or INSTRUMENT/DIMENSION, repeatable (default: the study's first instrument)"
    ),
    Flag.atLeast(0)
  ),
  show: Flag.filter(
    Flag.Int("show"),
    (n) => n >= 0,
    (n) => `${n} is below 0`
  ).pipe(
    Flag.withDescription("Posts of the largest change to show with both texts (default: 3)"),
    Flag.withDefault(3)
  ),
  store: flags.store,
  json: flags.json
}

/** What the command was given. */
export type CompareOptions = Command.Command.Config.Infer<typeof options>

export const compare = Command.make(
  "compare",
  options,
  Effect.fn(function* (given) {
    const { compareTwo } = yield* Effect.promise(() => import("../actions/compareTwo.ts"))
    yield* compareTwo(given)
  })
).pipe(
  Command.withDescription("Compare two runs, two sources of a run, or two versions, paired by post"),
  Command.withExamples([
    { command: "warmline compare reflective eliza", description: "Two sources of the newest run" },
    {
      command: "warmline compare quick-1a2b3c4d quick-5e6f7a8b",
      description: "Every source that two runs have, the second run's minus the first's"
    },
    {
      command: "warmline compare quick-1a2b3c4d:mine/v1 quick-5e6f7a8b:mine/v2 --show 10",
      description: "Two versions, with the ten posts that changed most"
    }
  ])
)
