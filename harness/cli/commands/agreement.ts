/** `warmline agreement`. */
import { existsSync } from "node:fs"
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const options = {
  file: Argument.String("run-or-file").pipe(
    Argument.withDescription(
      "A CSV file with a header (a row a rating, or a row an item with a column a rater), else a run"
    )
  ),
  rater: Flag.String("rater").pipe(
    Flag.withDescription("Rows are ratings: column of who rated"),
    Flag.optional
  ),
  item: Flag.String("item").pipe(
    Flag.withDescription("Column of what was rated; several that name it together as post,source"),
    Flag.optional
  ),
  value: Flag.String("value").pipe(
    Flag.withDescription("Rows are ratings: column of the ratings"),
    Flag.optional
  ),
  raters: Flag.String("raters").pipe(
    Flag.withDescription("Rows are items: the raters' columns, such as anna,ben,cleo"),
    Flag.optional
  ),
  scale: Flag.Literals("scale", ["nominal", "ordinal", "interval"]).pipe(
    Flag.withDescription("What the values are: labels, an order, or distances (default: interval)"),
    Flag.withDefault("interval" as const)
  ),
  repeats: Flag.Literals("repeats", ["refuse", "separate"]).pipe(
    Flag.withDescription(
      "Two ratings of an item by one rater: an error, or counted as if of two raters (default: refuse)"
    ),
    Flag.withDefault("refuse" as const)
  ),
  replicates: flags
    .positive(Flag.Int("replicates"))
    .pipe(
      Flag.withDescription("Bootstrap replicates for the intervals of alpha (default: 1000)"),
      Flag.withDefault(1000)
    ),
  seed: Flag.Int("seed").pipe(
    Flag.withDescription("Seed of the bootstrap (default: 1)"),
    Flag.withDefault(1)
  ),
  calibrate: Flag.Literals("calibrate", ["linear", "isotonic"]).pipe(
    Flag.withDescription(
      "Of a run: fit each judge's scores to people's, and keep the fit with its held-out error"
    ),
    Flag.optional
  ),
  study: Flag.String("study").pipe(
    Flag.withDescription(
      "Of a run: study file whose `agreement:` thresholds hold from now on (default: those of the run's study)"
    ),
    Flag.optional
  ),
  output: flags.output.pipe(
    Flag.withDescription("With --calibrate: folder for calibrations.json (they are in the store anyway)")
  ),
  store: flags.store,
  json: flags.json
}

/** What the command was given. */
export type AgreementOptions = Command.Command.Config.Infer<typeof options>

export const agreement = Command.make(
  "agreement",
  options,
  Effect.fn(function* (given) {
    if (!existsSync(given.file) && !/\.[ct]sv$/i.test(given.file)) {
      const { agreementOfRun } = yield* Effect.promise(() => import("../actions/agreementOfRun.ts"))
      return yield* agreementOfRun(given)
    }
    const { agreementOf } = yield* Effect.promise(() => import("../actions/agreementOf.ts"))
    yield* agreementOf(given)
  })
).pipe(
  Command.withDescription("How far raters agree: every coefficient that fits the design, or why it does not"),
  Command.withExamples([
    {
      command: "warmline agreement quick-1a2b3c4d --calibrate isotonic",
      description: "Judges and proxies of a run against the people who rated it"
    },
    {
      command: "warmline agreement ratings.csv --rater rater_id --item post_id,source --value rating",
      description: "A row a rating; an item is a post with a source"
    },
    {
      command: "warmline agreement judges.csv --raters j1,j2,j3 --scale ordinal",
      description: "A row an item, a column a rater"
    }
  ])
)
