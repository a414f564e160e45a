/** `warmline power`. */
import { Effect } from "effect"
import { Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const variance = (name: string, of: string) =>
  Flag.filter(
    Flag.Finite(name),
    (n) => n >= 0,
    (n) => `${n} is below 0`
  ).pipe(Flag.withDescription(`Variance of ${of}`))

const options = {
  posts: flags.positive(Flag.Int("posts")).pipe(Flag.withDescription("Posts of the study")),
  raters: flags.positive(Flag.Int("raters")).pipe(Flag.withDescription("Raters of the study")),
  ratings: flags
    .positive(Flag.Int("ratings"))
    .pipe(Flag.withDescription("Texts that each rater rates (a text is a source's answer to a post)")),
  sources: flags
    .positive(Flag.Int("sources"))
    .pipe(Flag.withDescription("Sources compared (default: 2)"), Flag.withDefault(2)),
  epochs: flags
    .positive(Flag.Int("epochs"))
    .pipe(Flag.withDescription("Texts of a source to each post (default: 1)"), Flag.withDefault(1)),
  varRater: variance("var-rater", "raters: how kind they are overall (default: 0)").pipe(Flag.withDefault(0)),
  varPost: variance("var-post", "posts: how well all sources do on them (default: 0)").pipe(
    Flag.withDefault(0)
  ),
  varPostSource: variance(
    "var-post-source",
    "how differently sources do on a post; with one epoch the texts' is in it (response_id)"
  ),
  varRaterSource: variance(
    "var-rater-source",
    "raters' leanings to single sources (rater_source; default: 0)"
  ).pipe(Flag.withDefault(0)),
  varText: variance("var-text", "texts of one source to one post, where epochs tell (default: 0)").pipe(
    Flag.withDefault(0)
  ),
  varResidual: variance("var-residual", "what is left of a single rating (Residual)"),
  effect: Flag.Finite("effect").pipe(
    Flag.withDescription("Difference of two sources, in points, that the study is to see"),
    Flag.optional
  ),
  alpha: flags
    .positive(Flag.Finite("alpha"))
    .pipe(Flag.withDescription("Two-sided error level (default: 0.05)"), Flag.withDefault(0.05)),
  contrasts: flags
    .positive(Flag.Int("contrasts"))
    .pipe(
      Flag.withDescription("Differences that share alpha, by Bonferroni (default: 1)"),
      Flag.withDefault(1)
    ),
  power: flags
    .positive(Flag.Finite("power"))
    .pipe(
      Flag.withDescription("Power at which an effect counts as detectable (default: 0.8)"),
      Flag.withDefault(0.8)
    ),
  simulate: flags
    .positive(Flag.Int("simulate"))
    .pipe(Flag.withDescription("Draw this many whole studies too"), Flag.optional),
  scale: Flag.String("scale").pipe(
    Flag.withDescription("With --simulate: round ratings to a scale and cut them to it, such as 1,5"),
    Flag.optional
  ),
  seed: Flag.Int("seed").pipe(
    Flag.withDescription("Seed of the simulation (default: 1)"),
    Flag.withDefault(1)
  ),
  json: flags.json
}

/** What the command was given. */
export type PowerOptions = Command.Command.Config.Infer<typeof options>

export const power = Command.make(
  "power",
  options,
  Effect.fn(function* (given) {
    const { planPower } = yield* Effect.promise(() => import("../actions/planPower.ts"))
    yield* planPower(given)
  })
).pipe(
  Command.withDescription(
    "What a study can detect before it is run, and what more posts or raters would buy"
  ),
  Command.withExamples([
    {
      command:
        "warmline power --posts 60 --raters 60 --ratings 12 --sources 4 --var-post-source 0.08 --var-residual 0.8 --effect 0.2",
      description: "The variances are those that `warmline analyze --model full` prints"
    }
  ])
)
