/** `warmline ratings`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const checkOptions = {
  run: Argument.String("run").pipe(
    Argument.withDescription("Run id (default: the newest with ratings by people; see `warmline list runs`)"),
    Argument.optional
  ),
  study: Flag.String("study").pipe(
    Flag.withDescription(
      "Study file whose `quality:` holds from now on (default: the rules in force, at first those of the run's study)"
    ),
    Flag.optional
  ),
  raters: Flag.Boolean("raters").pipe(
    Flag.withDescription("List every rater with what the rules found"),
    Flag.withDefault(false)
  ),
  store: flags.store,
  json: flags.json
}

/** What `ratings check` was given. */
export type RatingsCheckOptions = Command.Command.Config.Infer<typeof checkOptions>

const check = Command.make(
  "check",
  checkOptions,
  Effect.fn(function* (given) {
    const { checkRatings } = yield* Effect.promise(() => import("../actions/checkRatings.ts"))
    yield* checkRatings(given)
  })
).pipe(
  Command.withDescription(
    "Data quality and reliability of people's ratings; marks what the study's rules exclude"
  ),
  Command.withExamples([
    { command: "warmline ratings check", description: "The newest run that people have rated" },
    {
      command: "warmline ratings check study-1-1a2b3c4d --study study-1.yaml --raters",
      description: "By the rules of a study file, rater by rater"
    }
  ])
)

export const ratings = Command.make("ratings").pipe(
  Command.withDescription("Check the ratings that people gave"),
  Command.withSubcommands([check])
)
